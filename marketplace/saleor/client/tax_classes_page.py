from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class TaxClassesPage(BaseModel):
    tax_classes: Optional["TaxClassesPageTaxClasses"] = Field(alias="taxClasses")


class TaxClassesPageTaxClasses(BaseModel):
    page_info: "TaxClassesPageTaxClassesPageInfo" = Field(alias="pageInfo")
    edges: list["TaxClassesPageTaxClassesEdges"]


class TaxClassesPageTaxClassesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class TaxClassesPageTaxClassesEdges(BaseModel):
    node: "TaxClassesPageTaxClassesEdgesNode"


class TaxClassesPageTaxClassesEdgesNode(BaseModel):
    id: str
    name: str
