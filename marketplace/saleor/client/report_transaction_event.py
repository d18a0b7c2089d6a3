from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventReportErrorCode, TransactionEventTypeEnum
from .fragments import TransactionParts


class ReportTransactionEvent(BaseModel):
    transaction_event_report: Optional[
        "ReportTransactionEventTransactionEventReport"
    ] = Field(alias="transactionEventReport")


class ReportTransactionEventTransactionEventReport(BaseModel):
    already_processed: Optional[bool] = Field(alias="alreadyProcessed")
    transaction: Optional["ReportTransactionEventTransactionEventReportTransaction"]
    transaction_event: Optional[
        "ReportTransactionEventTransactionEventReportTransactionEvent"
    ] = Field(alias="transactionEvent")
    errors: list["ReportTransactionEventTransactionEventReportErrors"]


ReportTransactionEventTransactionEventReportTransaction = TransactionParts


class ReportTransactionEventTransactionEventReportTransactionEvent(BaseModel):
    id: str
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")


class ReportTransactionEventTransactionEventReportErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionEventReportErrorCode
