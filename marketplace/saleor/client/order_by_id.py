from typing import Optional

from .base_model import BaseModel
from .fragments import OrderParts


class OrderById(BaseModel):
    order: Optional["OrderByIdOrder"]


OrderByIdOrder = OrderParts
