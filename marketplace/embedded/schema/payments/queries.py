"""Queries of payments."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.payments.transaction import TransactionItem


class PaymentQueries:
    """Queries of payments."""

    transaction = graphene.Field(TransactionItem, id=graphene.ID(), token=graphene.UUID())

    @staticmethod
    def resolve_transaction(
        _root: Any,
        info: Info,
        id: str | None = None,
        token: Any = None,
    ) -> models.TransactionItem | None:
        context_of(info).require("HANDLE_PAYMENTS", "MANAGE_ORDERS")
        if token is not None:
            id = ids.to_global_id("TransactionItem", token)  # noqa: A001
        return ids.find(models.TransactionItem.objects.all(), id, "TransactionItem")
