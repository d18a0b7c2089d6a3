"""Queries of checkouts."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.checkouts.checkout import Checkout


class CheckoutQueries:
    """Queries of checkouts."""

    checkout = graphene.Field(Checkout, id=graphene.ID(), token=graphene.UUID())

    @staticmethod
    def resolve_checkout(
        _root: Any,
        info: Info,
        id: str | None = None,
        token: Any = None,
    ) -> models.Checkout | None:
        """Anyone who knows the id may read it; in an inactive channel only staff and Apps."""
        key = str(token) if token else None
        rows = models.Checkout.objects.select_related("channel")
        found = rows.filter(pk=key).first() if key else ids.find(rows.all(), id, "Checkout")
        if found is not None and not found.channel.is_active:
            allowed = ("MANAGE_CHECKOUTS", "IMPERSONATE_USER", "HANDLE_PAYMENTS")
            return found if context_of(info).may(*allowed) else None
        return found
