"""Countries and postal addresses."""

import graphene

from marketplace.embedded import models
from marketplace.embedded.countries import COUNTRY_NAMES
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.enums import CountryCode, string_enum


class CountryDisplay(graphene.ObjectType):
    """A country: its ISO code and English name (the root value is the code)."""

    code = graphene.String(required=True)
    country = graphene.String(required=True)

    @staticmethod
    def resolve_code(root: str, _info: Info) -> str:
        return root

    @staticmethod
    def resolve_country(root: str, _info: Info) -> str:
        return str(COUNTRY_NAMES.get(root, root))


class Address(ModelType):
    """A postal address."""

    class Meta:
        model = models.Address
        interfaces = (Node, ObjectWithMetadata)

    first_name = graphene.String(required=True)
    last_name = graphene.String(required=True)
    company_name = graphene.String(required=True)
    street_address_1 = graphene.String(required=True, name="streetAddress1")
    street_address_2 = graphene.String(required=True, name="streetAddress2")
    city = graphene.String(required=True)
    city_area = graphene.String(required=True)
    postal_code = graphene.String(required=True)
    country = graphene.Field(CountryDisplay, required=True)
    country_area = graphene.String(required=True)
    phone = graphene.String()
    is_default_shipping_address = graphene.Boolean()
    is_default_billing_address = graphene.Boolean()

    @staticmethod
    def resolve_is_default_shipping_address(root: models.Address, info: Info) -> bool:
        user = context_of(info).user
        return user is not None and user.default_shipping_address_id == root.pk

    @staticmethod
    def resolve_is_default_billing_address(root: models.Address, info: Info) -> bool:
        user = context_of(info).user
        return user is not None and user.default_billing_address_id == root.pk


class AddressInput(graphene.InputObjectType):
    """A postal address as the caller gives it."""

    first_name = graphene.String()
    last_name = graphene.String()
    company_name = graphene.String()
    street_address_1 = graphene.String(name="streetAddress1")
    street_address_2 = graphene.String(name="streetAddress2")
    city = graphene.String()
    city_area = graphene.String()
    postal_code = graphene.String()
    country = CountryCode()
    country_area = graphene.String()
    phone = graphene.String()
    metadata = list_of(MetadataInput)
    skip_validation = graphene.Boolean(default_value=False)


AddressTypeEnum = string_enum("AddressTypeEnum", "BILLING", "SHIPPING")
