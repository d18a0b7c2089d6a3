from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AttributeInputTypeEnum, AttributeTypeEnum, TaxCalculationStrategy


class SetupObjects(BaseModel):
    attributes: Optional["SetupObjectsAttributes"]
    page_types: Optional["SetupObjectsPageTypes"] = Field(alias="pageTypes")
    product_types: Optional["SetupObjectsProductTypes"] = Field(alias="productTypes")
    tax_configurations: Optional["SetupObjectsTaxConfigurations"] = Field(
        alias="taxConfigurations"
    )


class SetupObjectsAttributes(BaseModel):
    edges: list["SetupObjectsAttributesEdges"]


class SetupObjectsAttributesEdges(BaseModel):
    node: "SetupObjectsAttributesEdgesNode"


class SetupObjectsAttributesEdgesNode(BaseModel):
    id: str
    slug: str
    type_: AttributeTypeEnum = Field(alias="type")
    input_type: Optional[AttributeInputTypeEnum] = Field(alias="inputType")


class SetupObjectsPageTypes(BaseModel):
    edges: list["SetupObjectsPageTypesEdges"]


class SetupObjectsPageTypesEdges(BaseModel):
    node: "SetupObjectsPageTypesEdgesNode"


class SetupObjectsPageTypesEdgesNode(BaseModel):
    id: str
    slug: str


class SetupObjectsProductTypes(BaseModel):
    edges: list["SetupObjectsProductTypesEdges"]


class SetupObjectsProductTypesEdges(BaseModel):
    node: "SetupObjectsProductTypesEdgesNode"


class SetupObjectsProductTypesEdgesNode(BaseModel):
    id: str
    slug: str


class SetupObjectsTaxConfigurations(BaseModel):
    edges: list["SetupObjectsTaxConfigurationsEdges"]


class SetupObjectsTaxConfigurationsEdges(BaseModel):
    node: "SetupObjectsTaxConfigurationsEdgesNode"


class SetupObjectsTaxConfigurationsEdgesNode(BaseModel):
    id: str
    charge_taxes: bool = Field(alias="chargeTaxes")
    tax_calculation_strategy: Optional[TaxCalculationStrategy] = Field(
        alias="taxCalculationStrategy"
    )
    prices_entered_with_tax: bool = Field(alias="pricesEnteredWithTax")
    tax_app_id: Optional[str] = Field(alias="taxAppId")
    channel: "SetupObjectsTaxConfigurationsEdgesNodeChannel"


class SetupObjectsTaxConfigurationsEdgesNodeChannel(BaseModel):
    id: str
    slug: str


SetupObjects.model_rebuild()
SetupObjectsAttributes.model_rebuild()
SetupObjectsAttributesEdges.model_rebuild()
SetupObjectsPageTypes.model_rebuild()
SetupObjectsPageTypesEdges.model_rebuild()
SetupObjectsProductTypes.model_rebuild()
SetupObjectsProductTypesEdges.model_rebuild()
SetupObjectsTaxConfigurations.model_rebuild()
SetupObjectsTaxConfigurationsEdges.model_rebuild()
SetupObjectsTaxConfigurationsEdgesNode.model_rebuild()
