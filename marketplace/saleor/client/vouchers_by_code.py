from typing import Optional

from .base_model import BaseModel


class VouchersByCode(BaseModel):
    vouchers: Optional["VouchersByCodeVouchers"]


class VouchersByCodeVouchers(BaseModel):
    edges: list["VouchersByCodeVouchersEdges"]


class VouchersByCodeVouchersEdges(BaseModel):
    node: "VouchersByCodeVouchersEdgesNode"


class VouchersByCodeVouchersEdgesNode(BaseModel):
    id: str
    code: Optional[str]
