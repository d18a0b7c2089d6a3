from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionRequestActionErrorCode
from .fragments import TransactionParts


class RequestTransactionAction(BaseModel):
    transaction_request_action: Optional[
        "RequestTransactionActionTransactionRequestAction"
    ] = Field(alias="transactionRequestAction")


class RequestTransactionActionTransactionRequestAction(BaseModel):
    transaction: Optional["RequestTransactionActionTransactionRequestActionTransaction"]
    errors: list["RequestTransactionActionTransactionRequestActionErrors"]


RequestTransactionActionTransactionRequestActionTransaction = TransactionParts


class RequestTransactionActionTransactionRequestActionErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionRequestActionErrorCode
