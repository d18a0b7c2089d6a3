from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductBulkCreateErrorCode


class BulkCreateProducts(BaseModel):
    product_bulk_create: Optional["BulkCreateProductsProductBulkCreate"] = Field(
        alias="productBulkCreate"
    )


class BulkCreateProductsProductBulkCreate(BaseModel):
    count: int
    results: list["BulkCreateProductsProductBulkCreateResults"]


class BulkCreateProductsProductBulkCreateResults(BaseModel):
    product: Optional["BulkCreateProductsProductBulkCreateResultsProduct"]
    errors: Optional[list["BulkCreateProductsProductBulkCreateResultsErrors"]]


class BulkCreateProductsProductBulkCreateResultsProduct(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    variants: Optional[
        list["BulkCreateProductsProductBulkCreateResultsProductVariants"]
    ]


class BulkCreateProductsProductBulkCreateResultsProductVariants(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class BulkCreateProductsProductBulkCreateResultsErrors(BaseModel):
    path: Optional[str]
    message: Optional[str]
    code: ProductBulkCreateErrorCode
