"""Queries of vouchers."""

from typing import Any

import graphene
from django.db.models import Q

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.vouchers.voucher import MANAGE, Voucher


class VoucherFilterInput(graphene.InputObjectType):
    """Conditions of a list of vouchers."""

    search = graphene.String()


class VoucherQueries:
    """Queries of vouchers."""

    voucher = graphene.Field(Voucher, id=graphene.ID(required=True), channel=graphene.String())
    vouchers = connection_field(Voucher, filter=VoucherFilterInput(), channel=graphene.String())

    @staticmethod
    def resolve_voucher(
        _root: Any, info: Info, id: str, channel: str | None = None
    ) -> models.Voucher | None:
        """Only who manages discounts may read a voucher."""
        context_of(info).require(MANAGE)
        return ids.find(models.Voucher.objects.all(), id, "Voucher")

    @staticmethod
    def resolve_vouchers(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        channel: str | None = None,
        **page: Any,
    ) -> Any:
        """The vouchers whose name or code has a text in it; only who manages discounts."""
        context_of(info).require(MANAGE)
        rows = models.Voucher.objects.all()
        if channel:
            rows = rows.filter(channel_listings__channel__slug=channel)
        if search := (filter or {}).get("search"):
            coded = models.VoucherCode.objects.filter(code__icontains=search)
            rows = rows.filter(Q(name__icontains=search) | Q(pk__in=coded.values("voucher_id")))
        return paginate(info, rows, **page)
