"""A parsed bank report: the status of each payment, whatever the form of the file."""

from dataclasses import dataclass

from marketplace.payouts.models import BankReportKind, ReportedStatus

# ISO 20022 external payment transaction statuses of pain.002. Pending ones are ignored.
ACCEPTED = frozenset({"ACCP", "ACTC", "ACSP", "ACWC", "ACFC", "PATC"})
SETTLED = frozenset({"ACSC", "ACCC"})
RETURNED = frozenset({"RJCT", "CANC"})


@dataclass(frozen=True)
class ReportedPayment:
    """The status of one payment; ``amount_minor`` is None where the bank does not repeat it.

    With an empty ``end_to_end_id`` it is the status of the whole file named by ``message_id``, and
    the amount is the sum that the bank booked for it.
    """

    status: ReportedStatus
    message_id: str = ""
    end_to_end_id: str = ""
    amount_minor: int | None = None
    currency: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ParsedReport:
    """A file's form and its payments in their order."""

    kind: BankReportKind
    payments: tuple[ReportedPayment, ...]


def status_of(code: str) -> ReportedStatus | None:
    """The status for an ISO 20022 code; None for pending and unknown codes."""
    for codes, status in (
        (ACCEPTED, ReportedStatus.ACCEPTED),
        (SETTLED, ReportedStatus.SETTLED),
        (RETURNED, ReportedStatus.RETURNED),
    ):
        if code in codes:
            return status
    return None
