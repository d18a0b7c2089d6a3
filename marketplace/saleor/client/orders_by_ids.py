from typing import Optional

from .base_model import BaseModel
from .fragments import OrderParts


class OrdersByIds(BaseModel):
    orders: Optional["OrdersByIdsOrders"]


class OrdersByIdsOrders(BaseModel):
    edges: list["OrdersByIdsOrdersEdges"]


class OrdersByIdsOrdersEdges(BaseModel):
    node: "OrdersByIdsOrdersEdgesNode"


OrdersByIdsOrdersEdgesNode = OrderParts
