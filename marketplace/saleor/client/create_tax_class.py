from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TaxClassCreateErrorCode


class CreateTaxClass(BaseModel):
    tax_class_create: Optional["CreateTaxClassTaxClassCreate"] = Field(
        alias="taxClassCreate"
    )


class CreateTaxClassTaxClassCreate(BaseModel):
    tax_class: Optional["CreateTaxClassTaxClassCreateTaxClass"] = Field(
        alias="taxClass"
    )
    errors: list["CreateTaxClassTaxClassCreateErrors"]


class CreateTaxClassTaxClassCreateTaxClass(BaseModel):
    id: str


class CreateTaxClassTaxClassCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TaxClassCreateErrorCode
