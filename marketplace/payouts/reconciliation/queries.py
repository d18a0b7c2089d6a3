"""Differences for staff pages."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F

from marketplace.core.errors import NotFound
from marketplace.core.models import JobRun
from marketplace.payouts.reconciliation.models import Difference
from vendors.models import Programme

PAGE_SIZE = 25
JOB = "marketplace.payouts.jobs.reconcile"


def differences(programme: Programme, *, page: int | str = 1) -> Page[Difference]:
    """Open differences first, the oldest at the top; explained and gone ones after them."""
    found = Difference.objects.filter(book__programme=programme).select_related("explained_by")
    ordered = found.order_by(
        F("explained_at").asc(nulls_first=True), F("gone_at").asc(nulls_first=True), "first_seen_at"
    )
    return Paginator(ordered, PAGE_SIZE).get_page(page)


def difference(programme: Programme, difference_id: UUID) -> Difference:
    """One difference of a programme; raises NotFound."""
    found = Difference.objects.filter(book__programme=programme, pk=difference_id).first()
    if found is None:
        raise NotFound
    return found


def last_run() -> JobRun | None:
    """The last run of the daily job."""
    return JobRun.objects.filter(name=JOB).first()


def open_count() -> int:
    """The number of open differences of all programmes."""
    return Difference.objects.filter(explained_at__isnull=True, gone_at__isnull=True).count()
