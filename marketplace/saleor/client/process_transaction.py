from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventTypeEnum, TransactionProcessErrorCode
from .fragments import TransactionParts


class ProcessTransaction(BaseModel):
    transaction_process: Optional["ProcessTransactionTransactionProcess"] = Field(
        alias="transactionProcess"
    )


class ProcessTransactionTransactionProcess(BaseModel):
    transaction: Optional["ProcessTransactionTransactionProcessTransaction"]
    transaction_event: Optional[
        "ProcessTransactionTransactionProcessTransactionEvent"
    ] = Field(alias="transactionEvent")
    data: Optional[Any]
    errors: list["ProcessTransactionTransactionProcessErrors"]


ProcessTransactionTransactionProcessTransaction = TransactionParts


class ProcessTransactionTransactionProcessTransactionEvent(BaseModel):
    id: str
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    psp_reference: str = Field(alias="pspReference")
    message: str


class ProcessTransactionTransactionProcessErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionProcessErrorCode
