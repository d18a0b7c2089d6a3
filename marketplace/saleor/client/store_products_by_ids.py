from typing import Optional

from .base_model import BaseModel
from .fragments import StoreProductParts


class StoreProductsByIds(BaseModel):
    products: Optional["StoreProductsByIdsProducts"]


class StoreProductsByIdsProducts(BaseModel):
    edges: list["StoreProductsByIdsProductsEdges"]


class StoreProductsByIdsProductsEdges(BaseModel):
    node: "StoreProductsByIdsProductsEdgesNode"


StoreProductsByIdsProductsEdgesNode = StoreProductParts
