"""Payout routes of cooperatives, and the payout methods in use."""

from django.db.models import QuerySet

from marketplace.core.errors import NotFound
from marketplace.payouts.models import (
    PayoutRoute,
    Provider,
)
from vendors.scoping import ProgrammeScope


def routes(scope: ProgrammeScope) -> QuerySet[PayoutRoute]:
    """The routes in force, for a list; without one a cooperative is paid by bank file."""
    rows: QuerySet[PayoutRoute] = PayoutRoute.objects.within(scope)
    current = rows.filter(replaced_at__isnull=True)
    return current.select_related("cooperative__programme", "added_by", "confirmed_by")


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
