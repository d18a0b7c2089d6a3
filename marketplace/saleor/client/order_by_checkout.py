from typing import Optional

from .base_model import BaseModel


class OrderByCheckout(BaseModel):
    orders: Optional["OrderByCheckoutOrders"]


class OrderByCheckoutOrders(BaseModel):
    edges: list["OrderByCheckoutOrdersEdges"]


class OrderByCheckoutOrdersEdges(BaseModel):
    node: "OrderByCheckoutOrdersEdgesNode"


class OrderByCheckoutOrdersEdgesNode(BaseModel):
    id: str
    number: str
