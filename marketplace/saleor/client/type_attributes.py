from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class TypeAttributes(BaseModel):
    product_type: Optional["TypeAttributesProductType"] = Field(alias="productType")
    attribute: Optional["TypeAttributesAttribute"]


class TypeAttributesProductType(BaseModel):
    id: str
    slug: str
    product_attributes: Optional[list["TypeAttributesProductTypeProductAttributes"]] = (
        Field(alias="productAttributes")
    )


class TypeAttributesProductTypeProductAttributes(BaseModel):
    id: str
    slug: str
    value_required: bool = Field(alias="valueRequired")


class TypeAttributesAttribute(BaseModel):
    id: str
    value_required: bool = Field(alias="valueRequired")
