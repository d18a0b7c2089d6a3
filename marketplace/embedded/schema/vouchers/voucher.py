"""Vouchers as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.base import related_many, related_one
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
from marketplace.embedded.schema.products.product import Product

VoucherTypeEnum = string_enum("VoucherTypeEnum", *models.VoucherType.values)
DiscountValueTypeEnum = string_enum("DiscountValueTypeEnum", *models.DiscountValueType.values)
MANAGE = "MANAGE_DISCOUNTS"


class VoucherChannelListing(ModelType):
    """A voucher's value in a channel."""

    class Meta:
        model = models.VoucherChannelListing
        interfaces = (Node,)

    channel = graphene.Field(Channel, required=True)
    discount_value = graphene.Float(required=True)
    currency = graphene.String(required=True)

    @staticmethod
    def resolve_channel(root: models.VoucherChannelListing, _info: Info) -> Any:
        return related_one(root, "channel")


class Voucher(ModelType):
    """A discount on certain products, given by a code."""

    class Meta:
        model = models.Voucher
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String()
    code = graphene.String()
    usage_limit = graphene.Int()
    used = graphene.Int(required=True)
    start_date = graphene.DateTime(required=True)
    end_date = graphene.DateTime()
    apply_once_per_customer = graphene.Boolean(required=True)
    discount_value_type = DiscountValueTypeEnum(required=True)
    type = VoucherTypeEnum(required=True)
    channel_listings = list_of(VoucherChannelListing)
    products = connection_field(Product)

    @staticmethod
    def resolve_code(root: models.Voucher, _info: Info) -> str | None:
        codes = related_many(root, "codes")
        return codes[-1].code if codes else None

    @staticmethod
    def resolve_used(root: models.Voucher, _info: Info) -> int:
        return sum(code.used for code in related_many(root, "codes"))

    @staticmethod
    def resolve_channel_listings(root: models.Voucher, info: Info) -> list[Any]:
        context_of(info).require(MANAGE)
        return related_many(root, "channel_listings")

    @staticmethod
    def resolve_products(root: models.Voucher, info: Info, **page: Any) -> Any:
        context_of(info).require(MANAGE)
        return paginate(info, root.products.all(), **page)
