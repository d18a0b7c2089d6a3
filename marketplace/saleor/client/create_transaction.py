from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionCreateErrorCode
from .fragments import TransactionParts


class CreateTransaction(BaseModel):
    transaction_create: Optional["CreateTransactionTransactionCreate"] = Field(
        alias="transactionCreate"
    )


class CreateTransactionTransactionCreate(BaseModel):
    transaction: Optional["CreateTransactionTransactionCreateTransaction"]
    errors: list["CreateTransactionTransactionCreateErrors"]


CreateTransactionTransactionCreateTransaction = TransactionParts


class CreateTransactionTransactionCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionCreateErrorCode
