from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class AssignProductAttributes(BaseModel):
    product_attribute_assign: Optional[
        "AssignProductAttributesProductAttributeAssign"
    ] = Field(alias="productAttributeAssign")


class AssignProductAttributesProductAttributeAssign(BaseModel):
    product_type: Optional[
        "AssignProductAttributesProductAttributeAssignProductType"
    ] = Field(alias="productType")
    errors: list["AssignProductAttributesProductAttributeAssignErrors"]


class AssignProductAttributesProductAttributeAssignProductType(BaseModel):
    id: str


class AssignProductAttributesProductAttributeAssignErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
