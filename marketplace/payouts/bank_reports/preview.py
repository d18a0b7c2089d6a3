"""Previews a bank report: what applying it would do now."""

import hashlib
from dataclasses import dataclass

from marketplace.payouts.bank_reports.detection import read_bank_report
from marketplace.payouts.bank_reports.match import MatchedPayment, match_payments
from marketplace.payouts.bank_reports.report import ParsedReport
from marketplace.payouts.models import BankReport
from vendors.models import Programme


@dataclass(frozen=True)
class Preview:
    """A parsed file with its hash, whether it was applied before, and each payment's outcome."""

    report: ParsedReport
    sha256: str
    is_applied: bool
    rows: list[MatchedPayment]


def preview_bank_report(*, programme: Programme, content: bytes) -> Preview:
    """What applying a file would do; nothing changes. Raises BankReportUnreadable."""
    report, sha256 = read_bank_report(content), hashlib.sha256(content).hexdigest()
    is_applied = BankReport.objects.filter(programme=programme, sha256=sha256).exists()
    return Preview(report, sha256, is_applied, match_payments(programme, report.payments))
