from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderBulkCreateErrorCode


class BulkCreateOrders(BaseModel):
    order_bulk_create: Optional["BulkCreateOrdersOrderBulkCreate"] = Field(
        alias="orderBulkCreate"
    )


class BulkCreateOrdersOrderBulkCreate(BaseModel):
    count: int
    results: list["BulkCreateOrdersOrderBulkCreateResults"]
    errors: list["BulkCreateOrdersOrderBulkCreateErrors"]


class BulkCreateOrdersOrderBulkCreateResults(BaseModel):
    order: Optional["BulkCreateOrdersOrderBulkCreateResultsOrder"]
    errors: Optional[list["BulkCreateOrdersOrderBulkCreateResultsErrors"]]


class BulkCreateOrdersOrderBulkCreateResultsOrder(BaseModel):
    id: str
    number: str
    external_reference: Optional[str] = Field(alias="externalReference")


class BulkCreateOrdersOrderBulkCreateResultsErrors(BaseModel):
    path: Optional[str]
    message: Optional[str]
    code: Optional[OrderBulkCreateErrorCode]


class BulkCreateOrdersOrderBulkCreateErrors(BaseModel):
    path: Optional[str]
    message: Optional[str]
    code: Optional[OrderBulkCreateErrorCode]
