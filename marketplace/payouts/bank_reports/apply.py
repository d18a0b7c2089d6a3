"""Applies a bank report: books what is new in it, once, and stores the file.

After commit, each returned payment's cooperative is told by mail (``PayoutReturned``).
"""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.bank_reports.detection import read_bank_report
from marketplace.payouts.bank_reports.match import MatchedPayment, lines_named, match_payments
from marketplace.payouts.bank_reports.report import ParsedReport
from marketplace.payouts.errors import BankReportAlreadyApplied
from marketplace.payouts.models import (
    BankReport,
    BankReportItem,
    Outcome,
    PayoutRun,
    ReportedStatus,
)
from marketplace.payouts.runs.mark_sent import accept
from marketplace.payouts.runs.return_payment import return_payment
from marketplace.payouts.runs.settle import settle
from vendors.models import Programme
from vendors.permissions import StaffPermission


@transaction.atomic
def apply_bank_report(*, programme: Programme, content: bytes, name: str, by: Actor) -> BankReport:
    """Book what a file reports, all of it or nothing.

    Payments that it does not name stay open; the money of returned ones is available again. Raises
    BankReportUnreadable, BankReportAlreadyApplied for the same bytes, Forbidden.
    """
    user = require_permission(by, programme, StaffPermission.PAYOUT_PREPARE)
    parsed, sha256 = read_bank_report(content), hashlib.sha256(content).hexdigest()
    # One file at a time for each programme, so that a second click on the same file is refused.
    Programme.objects.select_for_update().get(pk=programme.pk)
    if BankReport.objects.filter(programme=programme, sha256=sha256).exists():
        raise BankReportAlreadyApplied
    report = BankReport.objects.create(
        programme=programme,
        kind=parsed.kind,
        name=name[:120],
        sha256=sha256,
        content=content.decode("latin-1"),
        applied_by=user,
    )
    count = _apply_payments(report, parsed, by)
    audit.record("bank_report.apply", report, by=by, sha256=sha256, payments=count)
    return report


def _apply_payments(report: BankReport, parsed: ParsedReport, by: Actor) -> int:
    """Apply the payments run by run, and store their outcomes; returns how many there are."""
    _lock_runs(report.programme, parsed)
    rows = match_payments(report.programme, parsed.payments)
    # Made before anything is applied, which changes the lines.
    items = [_item(report, n, row) for n, row in enumerate(rows, start=1)]
    about = {"sha256": report.sha256, "kind": report.kind, "file": report.name}
    for run_id, of_run in _by_run(rows).items():
        run = PayoutRun.objects.select_for_update().get(pk=run_id)
        _apply(run, of_run, by)
        audit.record("payout.bank_report", run, by=by, **about)
    BankReportItem.objects.bulk_create(items)
    return len(items)


def _apply(run: PayoutRun, rows: list[MatchedPayment], by: Actor) -> None:
    """Accepted first, then returned, then settled; see ``match_payments``."""
    now = timezone.now()
    if any(row.payment.status == ReportedStatus.ACCEPTED for row in rows):
        accept(run, by=by, at=now)
    for row in rows:
        if row.payment.status == ReportedStatus.RETURNED:
            for line in row.lines:
                return_payment(run, line, reason=row.payment.reason or "?", by=by, at=now)
    settled = {
        line.pk
        for row in rows
        if row.payment.status == ReportedStatus.SETTLED
        for line in row.lines
    }
    settle(run, settled, by=by, at=now)


def _lock_runs(programme: Programme, parsed: ParsedReport) -> None:
    """Lock the runs that the file names, in one order, until the transaction ends."""
    ids = {line.run_id for line in lines_named(programme, parsed.payments)}
    list(PayoutRun.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _by_run(rows: list[MatchedPayment]) -> dict[UUID, list[MatchedPayment]]:
    found: dict[UUID, list[MatchedPayment]] = {}
    for row in rows:
        if row.run is not None and row.outcome == Outcome.APPLIED:
            found.setdefault(row.run.pk, []).append(row)
    return found


def _item(report: BankReport, position: int, row: MatchedPayment) -> BankReportItem:
    payment = row.payment
    return BankReportItem(
        report=report,
        position=position,
        end_to_end_id=payment.end_to_end_id[:35],
        amount_minor=payment.amount_minor,
        currency=payment.currency[:3],
        status=payment.status,
        reason=payment.reason,
        outcome=row.outcome,
        line_id=row.lines[0].pk if payment.end_to_end_id and row.lines else None,
    )
