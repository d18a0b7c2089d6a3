"""Events that an App reports about one of its transactions, without being asked."""

from dataclasses import dataclass

from marketplace.embedded.actors import actor_fields
from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.models import App, TransactionEvent, TransactionItem, User
from marketplace.embedded.payments.transaction_events import (
    Report,
    add_event,
    add_failure,
    lock_transaction,
    recount,
    refresh_granted_refund,
    refresh_source,
)

# Events that need no amount.
AMOUNT_OPTIONAL = ("INFO",)


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """The transaction after a report, its event, and whether that was reported before."""

    transaction: TransactionItem
    event: TransactionEvent
    was_known: bool


def report_event(
    transaction: TransactionItem,
    report: Report,
    *,
    available_actions: list[str] | None,
    metadata: dict[str, str],
    private_metadata: dict[str, str],
    by: App | User | None,
) -> ReportedEvent:
    """Record a reported event within the open write, once.

    Raises PermissionDenied for an App that is not the transaction's own, and EventContradicts,
    which `record_contradiction` then records.
    """
    locked = lock_transaction(transaction.pk)
    _check_owner(locked, by)
    request = _request_of(locked, report)
    granted = request.granted_refund if request else None
    event, was_known = add_event(
        locked, report, app=actor_fields(by)["app"], granted_refund=granted
    )
    if was_known:
        return ReportedEvent(locked, event, was_known=True)
    locked.metadata.update(metadata)
    locked.private_metadata.update(private_metadata)
    if available_actions is not None:
        locked.available_actions = available_actions
    if not locked.psp_reference and report.psp_reference:
        locked.psp_reference = report.psp_reference
    before = recount(locked)
    refresh_granted_refund(granted)
    refresh_source(locked, before=before)
    return ReportedEvent(locked, event, was_known=False)


def known_amount(transaction: TransactionItem, kind: str, psp_reference: str) -> int:
    """Return the amount (minor units) of a report without one, from an earlier event.

    For a failure that is its request or success, for a reversed refund or charge its success.
    Refuses REQUIRED when there is none.
    """
    if kind in AMOUNT_OPTIONAL:
        return 0
    family = kind.partition("_")[0]
    earlier = (
        transaction.events.filter(
            psp_reference=psp_reference,
            type__in=[f"{family}_SUCCESS", f"{family}_REQUEST"],
        )
        .order_by("-type")
        .first()
    )
    if earlier is None or not kind.endswith(("_FAILURE", "_REVERSE", "_BACK")):
        raise refuse("REQUIRED", f"The `amount` is required for {kind} event.", field="amount")
    return earlier.amount_minor


def _check_owner(transaction: TransactionItem, by: App | User | None) -> None:
    if isinstance(by, App) and transaction.app_identifier not in ("", by.identifier):
        raise PermissionDenied(message="Only the transaction's own app may report its events.")


def _request_of(transaction: TransactionItem, report: Report) -> TransactionEvent | None:
    family = report.type.partition("_")[0]
    return transaction.events.filter(
        type=f"{family}_REQUEST", psp_reference=report.psp_reference
    ).first()


def record_contradiction(transaction: TransactionItem, report: Report, cause: str) -> None:
    """Record a report that contradicts an earlier one, as a failure."""
    contradicting = TransactionEvent(
        transaction=transaction,
        type=report.type,
        psp_reference=report.psp_reference,
        amount_minor=report.amount_minor,
        currency=transaction.currency,
    )
    add_failure(contradicting, cause)
