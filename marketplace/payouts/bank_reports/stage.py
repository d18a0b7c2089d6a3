"""Stores an uploaded bank report until it is applied."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.bank_reports.detection import read_bank_report
from marketplace.payouts.models import StagedBankReport
from vendors.models import Programme
from vendors.permissions import StaffPermission

_KEPT_FOR = timedelta(days=1)


@transaction.atomic
def stage_bank_report(
    *, programme: Programme, content: bytes, name: str, by: Actor
) -> StagedBankReport:
    """Store a file for its preview, for a day. Raises BankReportUnreadable, Forbidden."""
    user = require_permission(by, programme, StaffPermission.PAYOUT_PREPARE)
    read_bank_report(content)
    StagedBankReport.objects.filter(staged_at__lt=timezone.now() - _KEPT_FOR).delete()
    return StagedBankReport.objects.create(
        programme=programme, name=name[:120], content=content.decode("latin-1"), staged_by=user
    )
