"""Events that an App reports of its own accord about one of its transactions."""

from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.models import App, TransactionEvent, TransactionItem, User
from marketplace.embedded.payments.records import (
    Report,
    add_event,
    add_failure,
    lock_transaction,
    pass_on,
    recount,
    refresh_granted_refund,
)

AMOUNT_OPTIONAL = ("INFO",)


def report_event(
    transaction: TransactionItem,
    report: Report,
    *,
    available_actions: list[str] | None,
    metadata: dict[str, str],
    private_metadata: dict[str, str],
    by: App | User | None,
) -> tuple[TransactionItem, TransactionEvent, bool]:
    """Write a reported event within the open write; also say whether it was known already.

    Only the transaction's own App (or staff who may handle payments) may report: else
    PermissionDenied. Raises EventContradicts; `keep_contradiction` then writes that down.
    """
    locked = lock_transaction(transaction.pk)
    _check_owner(locked, by)
    request = _request_of(locked, report)
    granted = request.granted_refund if request else None
    app = by if isinstance(by, App) else None
    event, known = add_event(locked, report, app=app, granted_refund=granted)
    if known:
        return locked, event, True
    locked.metadata.update(metadata)
    locked.private_metadata.update(private_metadata)
    if available_actions is not None:
        locked.available_actions = available_actions
    if not locked.psp_reference and report.psp_reference:
        locked.psp_reference = report.psp_reference
    before = recount(locked)
    refresh_granted_refund(granted)
    pass_on(locked, before=before)
    return locked, event, False


def known_amount(transaction: TransactionItem, kind: str, psp_reference: str) -> int:
    """Return the amount that a report without one must mean; refuses REQUIRED.

    A failure means its request's or success's, a reversed refund or charge the success's.
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


def keep_contradiction(transaction: TransactionItem, report: Report, cause: str) -> None:
    """Write down, as a failure, a report that contradicts an earlier one."""
    stand_in = TransactionEvent(
        transaction=transaction,
        type=report.type,
        psp_reference=report.psp_reference,
        amount_minor=report.amount_minor,
        currency=transaction.currency,
    )
    add_failure(stand_in, cause)
