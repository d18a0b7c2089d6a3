"""Holds on payouts."""

from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q

from marketplace.core.errors import NotFound
from marketplace.payouts.models import (
    PayoutHold,
)
from vendors.scoping import CooperativeScope, ProgrammeScope

PAGE_SIZE = 25


def holds(scope: ProgrammeScope, *, page: int | str = 1) -> Page[PayoutHold]:
    """The holds in force, the latest first."""
    found = PayoutHold.objects.within(scope).filter(lifted_at__isnull=True)
    found = found.select_related("cooperative__programme", "placed_by").order_by("-placed_at")
    return Paginator(found, PAGE_SIZE).get_page(page)


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
