from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TaxCalculationStrategy


class TaxConfigurationsPage(BaseModel):
    tax_configurations: Optional["TaxConfigurationsPageTaxConfigurations"] = Field(
        alias="taxConfigurations"
    )


class TaxConfigurationsPageTaxConfigurations(BaseModel):
    page_info: "TaxConfigurationsPageTaxConfigurationsPageInfo" = Field(
        alias="pageInfo"
    )
    edges: list["TaxConfigurationsPageTaxConfigurationsEdges"]


class TaxConfigurationsPageTaxConfigurationsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class TaxConfigurationsPageTaxConfigurationsEdges(BaseModel):
    node: "TaxConfigurationsPageTaxConfigurationsEdgesNode"


class TaxConfigurationsPageTaxConfigurationsEdgesNode(BaseModel):
    id: str
    charge_taxes: bool = Field(alias="chargeTaxes")
    tax_calculation_strategy: Optional[TaxCalculationStrategy] = Field(
        alias="taxCalculationStrategy"
    )
    prices_entered_with_tax: bool = Field(alias="pricesEnteredWithTax")
    tax_app_id: Optional[str] = Field(alias="taxAppId")
    channel: "TaxConfigurationsPageTaxConfigurationsEdgesNodeChannel"


class TaxConfigurationsPageTaxConfigurationsEdgesNodeChannel(BaseModel):
    id: str
    slug: str
