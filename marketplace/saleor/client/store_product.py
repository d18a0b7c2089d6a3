from typing import Optional

from .base_model import BaseModel
from .fragments import StoreProductParts


class StoreProduct(BaseModel):
    product: Optional["StoreProductProduct"]


StoreProductProduct = StoreProductParts
