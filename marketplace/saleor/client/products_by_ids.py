from typing import Optional

from .base_model import BaseModel
from .fragments import ProductParts


class ProductsByIds(BaseModel):
    products: Optional["ProductsByIdsProducts"]


class ProductsByIdsProducts(BaseModel):
    edges: list["ProductsByIdsProductsEdges"]


class ProductsByIdsProductsEdges(BaseModel):
    node: "ProductsByIdsProductsEdgesNode"


ProductsByIdsProductsEdgesNode = ProductParts
