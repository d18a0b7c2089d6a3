from typing import Optional

from .base_model import BaseModel
from .fragments import ProductParts


class ProductById(BaseModel):
    product: Optional["ProductByIdProduct"]


ProductByIdProduct = ProductParts
