from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventTypeEnum, TransactionInitializeErrorCode
from .fragments import TransactionParts


class InitializeTransaction(BaseModel):
    transaction_initialize: Optional["InitializeTransactionTransactionInitialize"] = (
        Field(alias="transactionInitialize")
    )


class InitializeTransactionTransactionInitialize(BaseModel):
    transaction: Optional["InitializeTransactionTransactionInitializeTransaction"]
    transaction_event: Optional[
        "InitializeTransactionTransactionInitializeTransactionEvent"
    ] = Field(alias="transactionEvent")
    data: Optional[Any]
    errors: list["InitializeTransactionTransactionInitializeErrors"]


InitializeTransactionTransactionInitializeTransaction = TransactionParts


class InitializeTransactionTransactionInitializeTransactionEvent(BaseModel):
    id: str
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    psp_reference: str = Field(alias="pspReference")
    message: str


class InitializeTransactionTransactionInitializeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionInitializeErrorCode
