from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AttributeErrorCode


class UpdateAttribute(BaseModel):
    attribute_update: Optional["UpdateAttributeAttributeUpdate"] = Field(
        alias="attributeUpdate"
    )


class UpdateAttributeAttributeUpdate(BaseModel):
    attribute: Optional["UpdateAttributeAttributeUpdateAttribute"]
    errors: list["UpdateAttributeAttributeUpdateErrors"]


class UpdateAttributeAttributeUpdateAttribute(BaseModel):
    id: str


class UpdateAttributeAttributeUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AttributeErrorCode
