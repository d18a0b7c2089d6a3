from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionRequestRefundForGrantedRefundErrorCode
from .fragments import TransactionParts


class RequestGrantedRefund(BaseModel):
    transaction_request_refund_for_granted_refund: Optional[
        "RequestGrantedRefundTransactionRequestRefundForGrantedRefund"
    ] = Field(alias="transactionRequestRefundForGrantedRefund")


class RequestGrantedRefundTransactionRequestRefundForGrantedRefund(BaseModel):
    transaction: Optional[
        "RequestGrantedRefundTransactionRequestRefundForGrantedRefundTransaction"
    ]
    errors: list["RequestGrantedRefundTransactionRequestRefundForGrantedRefundErrors"]


RequestGrantedRefundTransactionRequestRefundForGrantedRefundTransaction = (
    TransactionParts
)


class RequestGrantedRefundTransactionRequestRefundForGrantedRefundErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionRequestRefundForGrantedRefundErrorCode
