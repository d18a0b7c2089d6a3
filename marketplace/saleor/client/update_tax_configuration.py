from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TaxConfigurationUpdateErrorCode


class UpdateTaxConfiguration(BaseModel):
    tax_configuration_update: Optional[
        "UpdateTaxConfigurationTaxConfigurationUpdate"
    ] = Field(alias="taxConfigurationUpdate")


class UpdateTaxConfigurationTaxConfigurationUpdate(BaseModel):
    tax_configuration: Optional[
        "UpdateTaxConfigurationTaxConfigurationUpdateTaxConfiguration"
    ] = Field(alias="taxConfiguration")
    errors: list["UpdateTaxConfigurationTaxConfigurationUpdateErrors"]


class UpdateTaxConfigurationTaxConfigurationUpdateTaxConfiguration(BaseModel):
    id: str


class UpdateTaxConfigurationTaxConfigurationUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TaxConfigurationUpdateErrorCode
