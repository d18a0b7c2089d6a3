"""Queries of orders."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.orders.access import MANAGE
from marketplace.embedded.schema.orders.filters import (
    OrderSortingInput,
    OrderWhereInput,
    filter_orders,
    sorting_of,
)
from marketplace.embedded.schema.orders.order import Order


class OrderQueries:
    """Queries of orders."""

    order = graphene.Field(Order, id=graphene.ID(), external_reference=graphene.String())
    orders = connection_field(
        Order,
        sort_by=OrderSortingInput(),
        where=OrderWhereInput(),
        channel=graphene.String(),
        search=graphene.String(),
    )

    @staticmethod
    def resolve_order(
        _root: Any,
        info: Info,
        id: str | None = None,
        external_reference: str | None = None,
    ) -> models.Order | None:
        """By id anyone may read it; by external reference only those who manage orders."""
        if id is not None:
            return ids.find(models.Order.objects.all(), id, "Order")
        if external_reference is None:
            return None
        context_of(info).require(*MANAGE)
        return models.Order.objects.filter(external_reference=external_reference).first()

    @staticmethod
    def resolve_orders(_root: Any, info: Info, **arguments: Any) -> Any:
        context_of(info).require(*MANAGE)
        rows = filter_orders(models.Order.objects.all(), arguments.pop("where", None))
        if channel := arguments.pop("channel", None):
            rows = rows.filter(channel__slug=channel)
        if search := (arguments.pop("search", None) or "").strip():
            rows = _search(rows, search)
        return paginate(info, rows, sorting_of(arguments.pop("sort_by", None)), **arguments)


def _search(rows: Any, text: str) -> Any:
    if text.lstrip("#").isdigit():
        return rows.filter(number=int(text.lstrip("#")))
    return rows.filter(user_email__icontains=text)
