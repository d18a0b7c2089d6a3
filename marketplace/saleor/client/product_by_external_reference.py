from typing import Optional

from .base_model import BaseModel


class ProductByExternalReference(BaseModel):
    product: Optional["ProductByExternalReferenceProduct"]


class ProductByExternalReferenceProduct(BaseModel):
    id: str
