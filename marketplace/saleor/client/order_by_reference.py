from typing import Optional

from .base_model import BaseModel
from .fragments import OrderParts


class OrderByReference(BaseModel):
    order: Optional["OrderByReferenceOrder"]


OrderByReferenceOrder = OrderParts
