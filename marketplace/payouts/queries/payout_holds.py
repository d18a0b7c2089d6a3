"""Holds on payouts."""

from datetime import datetime

from django.db.models import Q, QuerySet

from marketplace.core.errors import NotFound
from marketplace.payouts.models import (
    PayoutHold,
)
from vendors.scoping import CooperativeScope, ProgrammeScope


def holds(scope: ProgrammeScope) -> QuerySet[PayoutHold]:
    """The holds in force, for a list."""
    rows: QuerySet[PayoutHold] = PayoutHold.objects.within(scope).filter(lifted_at__isnull=True)
    return rows.select_related("cooperative__programme", "placed_by")


def hold(scope: ProgrammeScope, hold_id: int) -> PayoutHold:
    """One hold; raises NotFound."""
    found: PayoutHold | None = (
        PayoutHold.objects.within(scope)
        .select_related("cooperative__programme")
        .filter(pk=hold_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def hold_at(scope: CooperativeScope, moment: datetime) -> PayoutHold | None:
    """The hold in force at a moment, if any."""
    found: PayoutHold | None = (
        PayoutHold.objects.within(scope)
        .filter(Q(lifted_at=None) | Q(lifted_at__gt=moment), placed_at__lte=moment)
        .order_by("-placed_at")
        .first()
    )
    return found
