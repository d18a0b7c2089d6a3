from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AttributeInputTypeEnum, AttributeTypeEnum


class AttributesPage(BaseModel):
    attributes: Optional["AttributesPageAttributes"]


class AttributesPageAttributes(BaseModel):
    page_info: "AttributesPageAttributesPageInfo" = Field(alias="pageInfo")
    edges: list["AttributesPageAttributesEdges"]


class AttributesPageAttributesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class AttributesPageAttributesEdges(BaseModel):
    node: "AttributesPageAttributesEdgesNode"


class AttributesPageAttributesEdgesNode(BaseModel):
    id: str
    slug: str
    type_: AttributeTypeEnum = Field(alias="type")
    input_type: Optional[AttributeInputTypeEnum] = Field(alias="inputType")
