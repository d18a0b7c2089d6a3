"""Tax configuration of channels."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, taxes
from marketplace.embedded.models.base import related_one
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.mutation import EngineMutation, error_type

TaxCalculationStrategy = string_enum("TaxCalculationStrategy", "FLAT_RATES", "TAX_APP")
TaxConfigurationUpdateError = error_type(
    "TaxConfigurationUpdateError",
    *("INVALID", "NOT_FOUND"),
    country_codes=list_of(graphene.String, required=True),
)
TaxClassCreateError = error_type(
    "TaxClassCreateError",
    *("INVALID", "NOT_FOUND"),
    country_codes=list_of(graphene.String, required=True),
)


class TaxConfiguration(ModelType):
    """How a channel's taxes are calculated."""

    class Meta:
        model = models.TaxConfiguration
        interfaces = (Node, ObjectWithMetadata)

    channel = graphene.Field(Channel, required=True)
    charge_taxes = graphene.Boolean(required=True)
    tax_calculation_strategy = TaxCalculationStrategy()
    display_gross_prices = graphene.Boolean(required=True)
    prices_entered_with_tax = graphene.Boolean(required=True)
    tax_app_id = graphene.String()

    @staticmethod
    def resolve_channel(root: models.TaxConfiguration, _info: Info) -> Any:
        return related_one(root, "channel")


class TaxConfigurationUpdateInput(graphene.InputObjectType):
    """Changes of a tax configuration; `tax_app_id` is the App's identifier."""

    charge_taxes = graphene.Boolean()
    tax_calculation_strategy = TaxCalculationStrategy()
    display_gross_prices = graphene.Boolean()
    prices_entered_with_tax = graphene.Boolean()
    tax_app_id = graphene.String()


class TaxConfigurationUpdate(EngineMutation):
    """Change how a channel's taxes are computed."""

    class Meta:
        error_type = TaxConfigurationUpdateError
        permissions = ("MANAGE_TAXES",)

    class Arguments:
        id = graphene.ID(required=True)
        input = TaxConfigurationUpdateInput(required=True)

    tax_configuration = graphene.Field(TaxConfiguration)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        row = ids.fetch(models.TaxConfiguration.objects.all(), id, "TaxConfiguration")
        taxes.update_tax_configuration(row, input)
        return cls(tax_configuration=row)


class TaxClass(ModelType):
    """A tax class."""

    class Meta:
        model = models.TaxClass
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)


class TaxClassCreateInput(graphene.InputObjectType):
    """A new tax class."""

    name = graphene.String(required=True)


class TaxClassCreate(EngineMutation):
    """Create a tax class."""

    class Meta:
        error_type = TaxClassCreateError
        permissions = ("MANAGE_TAXES",)

    class Arguments:
        input = TaxClassCreateInput(required=True)

    tax_class = graphene.Field(TaxClass)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        return cls(tax_class=taxes.create_tax_class(input["name"]))


class TaxQueries:
    """Queries of taxes."""

    tax_configuration = graphene.Field(TaxConfiguration, id=graphene.ID(required=True))
    tax_configurations = connection_field(TaxConfiguration)
    tax_classes = connection_field(TaxClass)

    @staticmethod
    def resolve_tax_configuration(_root: Any, info: Info, id: str) -> Any:
        context_of(info).require_staff_or_app()
        return ids.find(models.TaxConfiguration.objects.all(), id, "TaxConfiguration")

    @staticmethod
    def resolve_tax_configurations(_root: Any, info: Info, **page: Any) -> Any:
        context_of(info).require_staff_or_app()
        return paginate(info, models.TaxConfiguration.objects.all(), **page)

    @staticmethod
    def resolve_tax_classes(_root: Any, info: Info, **page: Any) -> Any:
        context_of(info).require_staff_or_app()
        return paginate(info, models.TaxClass.objects.all(), **page)


class TaxMutations:
    """Mutations of taxes."""

    tax_configuration_update = TaxConfigurationUpdate.Field()
    tax_class_create = TaxClassCreate.Field()
