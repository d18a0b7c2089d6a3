"""Mutations of vouchers."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, vouchers
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.scalars import PositiveDecimal
from marketplace.embedded.schema.vouchers.voucher import (
    MANAGE,
    DiscountValueTypeEnum,
    Voucher,
    VoucherTypeEnum,
)

DiscountError = error_type(
    "DiscountError",
    *("ALREADY_EXISTS", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE", "DUPLICATED_INPUT_ITEM"),
    voucher_codes=list_of(graphene.String),
)


class VoucherInput(graphene.InputObjectType):
    """A voucher. Values are by channel, in ``voucherChannelListingUpdate``."""

    type = VoucherTypeEnum()
    name = graphene.String()
    add_codes = list_of(graphene.String)
    start_date = graphene.DateTime()
    end_date = graphene.DateTime()
    discount_value_type = DiscountValueTypeEnum()
    products = list_of(graphene.ID)
    apply_once_per_customer = graphene.Boolean()
    usage_limit = graphene.Int()


class CatalogueInput(graphene.InputObjectType):
    """Products that a voucher is for."""

    products = list_of(graphene.ID)


class VoucherChannelListingAddInput(graphene.InputObjectType):
    """A voucher's value in a channel: a percentage, or an amount in major units."""

    channel_id = graphene.ID(required=True)
    discount_value = graphene.InputField(PositiveDecimal)


class VoucherChannelListingInput(graphene.InputObjectType):
    """Channels in which a voucher holds, and those in which it no longer does."""

    add_channels = list_of(VoucherChannelListingAddInput)
    remove_channels = list_of(graphene.ID)


class VoucherMutation(EngineMutation):
    """Base of the mutations that answer with a voucher."""

    class Meta:
        abstract = True

    error_type = DiscountError
    permissions = (MANAGE,)
    voucher = graphene.Field(Voucher)


def _find(global_id: str) -> models.Voucher:
    return ids.fetch(models.Voucher.objects.all(), global_id, "Voucher")


def _again(voucher: models.Voucher) -> models.Voucher:
    return models.Voucher.objects.get(pk=voucher.pk)


class VoucherCreate(VoucherMutation):
    """Create a voucher."""

    class Arguments:
        input = VoucherInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        return cls(voucher=_again(vouchers.create_voucher(input)))


class VoucherUpdate(VoucherMutation):
    """Change a voucher."""

    class Arguments:
        id = graphene.ID(required=True)
        input = VoucherInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        voucher = _find(id)
        vouchers.update_voucher(voucher, input)
        return cls(voucher=_again(voucher))


class VoucherAddCatalogues(VoucherMutation):
    """Let a voucher be for more products."""

    class Arguments:
        id = graphene.ID(required=True)
        input = CatalogueInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        voucher = _find(id)
        vouchers.add_products(voucher, input.get("products") or [])
        return cls(voucher=_again(voucher))


class VoucherRemoveCatalogues(VoucherMutation):
    """Let a voucher no longer be for products."""

    class Arguments:
        id = graphene.ID(required=True)
        input = CatalogueInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        voucher = _find(id)
        vouchers.remove_products(voucher, input.get("products") or [])
        return cls(voucher=_again(voucher))


class VoucherChannelListingUpdate(VoucherMutation):
    """Set a voucher's value by channel."""

    class Arguments:
        id = graphene.ID(required=True)
        input = VoucherChannelListingInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        voucher = _find(id)
        vouchers.update_voucher_listings(
            voucher,
            add=input.get("add_channels") or [],
            remove=input.get("remove_channels") or [],
        )
        return cls(voucher=_again(voucher))


class VoucherMutations:
    """Mutations of vouchers."""

    voucher_create = VoucherCreate.Field()
    voucher_update = VoucherUpdate.Field()
    voucher_catalogues_add = VoucherAddCatalogues.Field()
    voucher_catalogues_remove = VoucherRemoveCatalogues.Field()
    voucher_channel_listing_update = VoucherChannelListingUpdate.Field()
