"""The shop and its settings."""

from typing import Any

import graphene

from marketplace.embedded import context, models
from marketplace.embedded.countries import COUNTRY_NAMES
from marketplace.embedded.permissions import PERMISSION_NAMES
from marketplace.embedded.schema.address import Address, CountryDisplay
from marketplace.embedded.schema.apps.app import App, Permission
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    ModelType,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.enums import LANGUAGE_NAMES, WeightUnitsEnum
from marketplace.embedded.schema.languages import LanguageDisplay
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.shop_settings import update_shop_settings

ShopError = error_type("ShopError", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE")


class Domain(graphene.ObjectType):
    """The domain of the shop's API (the root value is the host)."""

    host = graphene.String(required=True)
    ssl_enabled = graphene.Boolean(required=True)
    url = graphene.String(required=True)

    @staticmethod
    def resolve_host(root: str, _info: Info) -> str:
        return root

    @staticmethod
    def resolve_ssl_enabled(_root: str, _info: Info) -> bool:
        return False

    @staticmethod
    def resolve_url(root: str, _info: Info) -> str:
        return f"http://{root}/"


class Shop(ModelType):
    """The shop."""

    class Meta:
        model = models.Shop
        interfaces = (ObjectWithMetadata,)

    id = graphene.ID(required=True)
    channel_currencies = list_of(graphene.String, required=True)
    countries = list_of(CountryDisplay, required=True)
    default_country = graphene.Field(CountryDisplay)
    default_mail_sender_name = graphene.String()
    default_mail_sender_address = graphene.String()
    description = graphene.String()
    domain = graphene.Field(Domain, required=True)
    languages = list_of(LanguageDisplay, required=True)
    name = graphene.String(required=True)
    permissions = list_of(Permission, required=True)
    header_text = graphene.String()
    fulfillment_auto_approve = graphene.Boolean(required=True)
    fulfillment_allow_unpaid = graphene.Boolean(required=True)
    track_inventory_by_default = graphene.Boolean()
    default_weight_unit = WeightUnitsEnum()
    reserve_stock_duration_anonymous_user = graphene.Int()
    reserve_stock_duration_authenticated_user = graphene.Int()
    limit_quantity_per_checkout = graphene.Int()
    company_address = graphene.Field(Address)
    customer_set_password_url = graphene.String()
    enable_account_confirmation_by_email = graphene.Boolean()
    allow_login_without_confirmation = graphene.Boolean()
    version = graphene.String(required=True)
    schema_version = graphene.String(required=True)
    available_tax_apps = list_of(App, required=True)
    use_legacy_shipping_zone_stock_availability = graphene.Boolean(required=True)

    @staticmethod
    def resolve_channel_currencies(_root: models.Shop, info: Info) -> list[str]:
        context_of(info).require_staff_or_app()
        return sorted(set(models.Channel.objects.values_list("currency_code", flat=True)))

    @staticmethod
    def resolve_countries(_root: models.Shop, _info: Info) -> list[str]:
        return sorted(COUNTRY_NAMES)

    @staticmethod
    def resolve_languages(_root: models.Shop, _info: Info) -> list[str]:
        return [code.lower().replace("_", "-") for code in LANGUAGE_NAMES]

    @staticmethod
    def resolve_permissions(_root: models.Shop, info: Info) -> list[str]:
        context_of(info).require_staff_or_app()
        return sorted(PERMISSION_NAMES)

    @staticmethod
    def resolve_reserve_stock_duration_anonymous_user(root: models.Shop, info: Info) -> int | None:
        context_of(info).require("MANAGE_SETTINGS")
        return root.reserve_stock_duration_anonymous_user

    @staticmethod
    def resolve_reserve_stock_duration_authenticated_user(
        root: models.Shop, info: Info
    ) -> int | None:
        context_of(info).require("MANAGE_SETTINGS")
        return root.reserve_stock_duration_authenticated_user

    @staticmethod
    def resolve_version(_root: models.Shop, info: Info) -> str:
        context_of(info).require_staff_or_app()
        return context.VERSION

    @staticmethod
    def resolve_schema_version(_root: models.Shop, _info: Info) -> str:
        return context.SCHEMA_VERSION

    @staticmethod
    def resolve_available_tax_apps(_root: models.Shop, info: Info) -> list[models.App]:
        context_of(info).require_staff_or_app()
        apps = models.App.objects.filter(is_active=True)
        return list(apps.filter(permissions__contains=["HANDLE_TAXES"]))


class ShopSettingsInput(graphene.InputObjectType):
    """Changes of the settings; durations in minutes, null for no reservation."""

    name = graphene.String()
    header_text = graphene.String()
    description = graphene.String()
    track_inventory_by_default = graphene.Boolean()
    default_weight_unit = WeightUnitsEnum()
    fulfillment_auto_approve = graphene.Boolean()
    fulfillment_allow_unpaid = graphene.Boolean()
    default_mail_sender_name = graphene.String()
    default_mail_sender_address = graphene.String()
    customer_set_password_url = graphene.String()
    reserve_stock_duration_anonymous_user = graphene.Int()
    reserve_stock_duration_authenticated_user = graphene.Int()
    limit_quantity_per_checkout = graphene.Int()
    enable_account_confirmation_by_email = graphene.Boolean()
    allow_login_without_confirmation = graphene.Boolean()
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    use_legacy_shipping_zone_stock_availability = graphene.Boolean()


class ShopSettingsUpdate(EngineMutation):
    """Change the shop-wide settings."""

    class Meta:
        error_type = ShopError
        permissions = ("MANAGE_SETTINGS",)

    class Arguments:
        input = ShopSettingsInput(required=True)

    shop = graphene.Field(Shop)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ShopSettingsUpdate":
        shop = models.Shop.current()
        update_shop_settings(shop, input)
        return cls(shop=shop)


class ShopQueries:
    """Queries of the shop."""

    shop = graphene.Field(Shop, required=True)

    @staticmethod
    def resolve_shop(_root: Any, _info: Info) -> models.Shop:
        return models.Shop.current()


class ShopMutations:
    """Mutations of the shop."""

    shop_settings_update = ShopSettingsUpdate.Field()
