"""Payments of one cooperative."""

from uuid import UUID

from django.core.paginator import Page, Paginator

from marketplace.core.errors import NotFound
from marketplace.payouts.models import (
    LineState,
    PayoutLine,
)
from vendors.scoping import CooperativeScope

PAGE_SIZE = 25


def payments(scope: CooperativeScope, *, page: int | str = 1) -> Page[PayoutLine]:
    """A cooperative's payments, the latest first; only those of approved runs."""
    found = (
        PayoutLine.objects.within(scope)
        .exclude(state=LineState.FREED)
        .exclude(run__state__in=["draft", "prepared", "sent_back"])
        .select_related("run")
        .order_by("-run__prepared_at")
    )
    return Paginator(found, PAGE_SIZE).get_page(page)


def payment(scope: CooperativeScope, line_id: UUID) -> PayoutLine:
    """One payment of a cooperative; raises NotFound."""
    found = PayoutLine.objects.within(scope).exclude(state=LineState.FREED)
    line: PayoutLine | None = found.select_related("run").filter(pk=line_id).first()
    if line is None:
        raise NotFound
    return line


def last_return(scope: CooperativeScope) -> PayoutLine | None:
    """The cooperative's latest payment if it was returned and none was settled since."""
    found: PayoutLine | None = (
        PayoutLine.objects.within(scope)
        .filter(state__in=[LineState.RETURNED, LineState.SETTLED])
        .select_related("run")
        .order_by("-run__prepared_at")
        .first()
    )
    return found if found is not None and found.state == LineState.RETURNED else None
