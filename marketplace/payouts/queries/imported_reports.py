"""Applied bank reports, and those waiting to be applied."""

from uuid import UUID

from django.db.models import Count, QuerySet

from marketplace.core.errors import NotFound
from marketplace.payouts.models import (
    BankReport,
    StagedBankReport,
)
from vendors.scoping import ProgrammeScope


def bank_reports(scope: ProgrammeScope) -> QuerySet[BankReport]:
    """The applied bank reports, each with its number of payments, for a list."""
    return (
        BankReport.objects.filter(programme_id=scope.programme_id)
        .select_related("applied_by")
        .defer("content")
        .annotate(item_count=Count("items"))
    )


def staged_bank_report(scope: ProgrammeScope, report_id: UUID) -> StagedBankReport:
    """A report that is not applied yet; raises NotFound."""
    found = StagedBankReport.objects.filter(programme_id=scope.programme_id, pk=report_id).first()
    if found is None:
        raise NotFound
    return found
