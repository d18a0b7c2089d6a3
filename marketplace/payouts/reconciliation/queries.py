"""Differences for staff pages."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.core.errors import NotFound
from marketplace.core.models import JobRun
from marketplace.payouts.reconciliation.models import Difference
from vendors.models import Programme

JOB = "marketplace.payouts.jobs.reconcile"


def differences(programme: Programme) -> QuerySet[Difference]:
    """Differences of a programme: open, explained and gone ones, for a list."""
    return Difference.objects.filter(book__programme=programme).select_related("explained_by")


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
