"""Payout routes of cooperatives, and the payout methods in use."""

from django.core.paginator import Page, Paginator

from marketplace.core.errors import NotFound
from marketplace.payouts.models import (
    PayoutRoute,
    Provider,
)
from vendors.scoping import ProgrammeScope

PAGE_SIZE = 25


def routes(scope: ProgrammeScope, *, page: int | str = 1) -> Page[PayoutRoute]:
    """The routes in force, by cooperative; without one a cooperative is paid by bank file."""
    found = PayoutRoute.objects.within(scope).filter(replaced_at__isnull=True)
    found = found.select_related("cooperative__programme", "added_by", "confirmed_by")
    return Paginator(found.order_by("cooperative__slug"), PAGE_SIZE).get_page(page)


def route(scope: ProgrammeScope, route_id: int) -> PayoutRoute:
    """One route; raises NotFound."""
    found: PayoutRoute | None = (
        PayoutRoute.objects.within(scope)
        .select_related("cooperative__programme")
        .filter(pk=route_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def payout_methods_in_use(scope: ProgrammeScope) -> list[Provider]:
    """The payout methods of cooperatives, the bank file first."""
    rows = PayoutRoute.objects.within(scope).filter(replaced_at__isnull=True)
    used = set(rows.order_by().values_list("provider", flat=True).distinct())
    return [p for p in Provider if p in used or p == Provider.BANK_BATCH]
