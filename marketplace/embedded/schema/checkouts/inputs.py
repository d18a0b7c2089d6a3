"""Inputs of checkouts."""

import graphene

from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.base import MetadataInput, list_of
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.scalars import PositiveDecimal


class CheckoutLineInput(graphene.InputObjectType):
    """A variant and its quantity; another price needs HANDLE_CHECKOUTS."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)
    price = graphene.InputField(PositiveDecimal)
    price_override_reason = graphene.String()
    force_new_line = graphene.Boolean(default_value=False)
    metadata = list_of(MetadataInput)


class CheckoutLineUpdateInput(graphene.InputObjectType):
    """A new quantity of a line, found by its own id or its variant's."""

    variant_id = graphene.ID()
    quantity = graphene.Int()
    price = graphene.InputField(PositiveDecimal)
    price_override_reason = graphene.String()
    line_id = graphene.ID()
    metadata = list_of(MetadataInput)


class CheckoutAddressValidationRules(graphene.InputObjectType):
    """How an address is validated."""

    check_required_fields = graphene.Boolean(default_value=True)
    check_fields_format = graphene.Boolean(default_value=True)
    enable_fields_normalization = graphene.Boolean(default_value=True)


class CheckoutValidationRules(graphene.InputObjectType):
    """How the addresses are validated."""

    shipping_address = graphene.InputField(CheckoutAddressValidationRules)
    billing_address = graphene.InputField(CheckoutAddressValidationRules)


class CheckoutCreateInput(graphene.InputObjectType):
    """A new checkout."""

    channel = graphene.String()
    lines = list_of(CheckoutLineInput, required=True)
    email = graphene.String()
    save_shipping_address = graphene.Boolean()
    shipping_address = graphene.InputField(AddressInput)
    save_billing_address = graphene.Boolean()
    billing_address = graphene.InputField(AddressInput)
    language_code = LanguageCodeEnum()
    validation_rules = graphene.InputField(CheckoutValidationRules)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
