"""Requesting charges, refunds and cancellations from a transaction's App."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marketplace.embedded import unit_of_work, webhooks
from marketplace.embedded.actors import actor_fields
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.account import User
from marketplace.embedded.models.app import App
from marketplace.embedded.models.payment import (
    GrantedRefund,
    GrantedRefundStatus,
    TransactionEvent,
    TransactionItem,
)
from marketplace.embedded.payments.responses import ResponseInvalid, read_action_response
from marketplace.embedded.payments.transaction_events import (
    EventContradicts,
    add_event,
    add_failure,
    lock_transaction,
    recount,
    refresh_granted_refund,
    refresh_source,
)
from marketplace.embedded.webhooks.dispatch import subscribed

EVENTS = {
    "CHARGE": "TRANSACTION_CHARGE_REQUESTED",
    "REFUND": "TRANSACTION_REFUND_REQUESTED",
    "CANCEL": "TRANSACTION_CANCELATION_REQUESTED",
}
ATTEMPTS = 2
REFUND_PENDING = "Refund is already being processed."
NO_APP = "No app or plugin is configured to handle requested action request."


@dataclass(frozen=True, slots=True)
class RequestedAction:
    """The subject of an action's webhook; the amount is in minor units."""

    transaction: TransactionItem
    kind: str
    amount_minor: int
    granted_refund: GrantedRefund | None = None

    @property
    def pk(self) -> object:
        return self.transaction.pk


def request_action(
    transaction: TransactionItem,
    *,
    kind: str,
    amount_minor: int | None,
    message: str = "",
    by: App | User | None,
    granted_refund: GrantedRefund | None = None,
) -> TransactionItem:
    """Request a CHARGE, REFUND or CANCEL of at most the available amount; return the transaction.

    Opens its own writes. Refuses with MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK when the
    transaction's App is not subscribed to it.
    """
    app = _subscribed_app(transaction, kind)
    with unit_of_work.write():
        request = _add_request(
            transaction.pk,
            kind=kind,
            amount_minor=amount_minor,
            message=message,
            by=by,
            granted_refund=granted_refund,
        )
    subject = RequestedAction(request.transaction, kind, request.amount_minor, granted_refund)
    response = _call_app(kind, subject, app=app)
    with unit_of_work.write():
        _record(request, response, kind=kind, app=app)
    return TransactionItem.objects.get(pk=transaction.pk)


def request_granted_refund(
    transaction: TransactionItem, granted: GrantedRefund, *, by: App | User | None
) -> TransactionItem:
    """Request the payment of a granted refund; return the transaction.

    Opens its own writes. Refuses REFUND_ALREADY_PROCESSED, REFUND_IS_PENDING,
    AMOUNT_GREATER_THAN_AVAILABLE, and INVALID for another transaction than the granted one.
    """
    if granted.transaction_id not in (None, transaction.pk):
        raise refuse("INVALID", "The refund was granted on another transaction.", field="id")
    if granted.status == GrantedRefundStatus.SUCCESS:
        message = "Refund already processed."
        raise refuse("REFUND_ALREADY_PROCESSED", message, field="grantedRefundId")
    if granted.status == GrantedRefundStatus.PENDING:
        raise refuse("REFUND_IS_PENDING", REFUND_PENDING, field="grantedRefundId")
    if granted.amount_minor > transaction.charged_minor:
        message = "The refund is larger than what the transaction has charged."
        raise refuse("AMOUNT_GREATER_THAN_AVAILABLE", message, field="grantedRefundId")
    return request_action(
        transaction,
        kind="REFUND",
        amount_minor=granted.amount_minor,
        message=granted.reason,
        by=by,
        granted_refund=granted,
    )


def _subscribed_app(transaction: TransactionItem, kind: str) -> App:
    app = App.objects.filter(identifier=transaction.app_identifier, is_active=True).first()
    if app is None or not subscribed(EVENTS[kind], app):
        raise refuse("MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK", NO_APP)
    return app


def _add_request(
    transaction_id: UUID,
    *,
    kind: str,
    amount_minor: int | None,
    message: str,
    by: App | User | None,
    granted_refund: GrantedRefund | None,
) -> TransactionEvent:
    transaction = lock_transaction(transaction_id)
    available = transaction.charged_minor if kind == "REFUND" else transaction.authorized_minor
    if granted_refund is not None:
        _claim(granted_refund, transaction)
    return TransactionEvent.objects.create(
        transaction=transaction,
        type=f"{kind}_REQUEST",
        amount_minor=min(amount_minor or available, available),
        currency=transaction.currency,
        message=message,
        include_in_calculations=False,
        **actor_fields(by),
        granted_refund=granted_refund,
    )


def _claim(granted: GrantedRefund, transaction: TransactionItem) -> None:
    """Mark the granted refund as pending under the transaction's lock: it is requested once."""
    granted.refresh_from_db()
    if granted.status in (GrantedRefundStatus.PENDING, GrantedRefundStatus.SUCCESS):
        raise refuse("REFUND_IS_PENDING", REFUND_PENDING, field="grantedRefundId")
    granted.status = GrantedRefundStatus.PENDING
    granted.transaction = transaction
    granted.save(update_fields=["status", "transaction", "updated_at"])


def _call_app(kind: str, subject: RequestedAction, *, app: App) -> Any:
    """Call the App, and once more when it did not respond."""
    for attempt in range(1, ATTEMPTS + 1):
        for answer in webhooks.call_sync(EVENTS[kind], subject, app=app, attempt=attempt):
            if answer.response is not None:
                return answer.response
    return None


def _record(request: TransactionEvent, response: Any, *, kind: str, app: App) -> None:
    transaction = lock_transaction(request.transaction_id)
    request = transaction.events.get(pk=request.pk)
    try:
        answer = read_action_response(
            response,
            kind=kind,
            requested_minor=request.amount_minor,
            currency=transaction.currency,
        )
        if answer.psp_reference:
            request.psp_reference = answer.psp_reference
            request.include_in_calculations = True
            request.save(update_fields=["psp_reference", "include_in_calculations"])
        if answer.report is not None:
            add_event(transaction, answer.report, app=app, granted_refund=request.granted_refund)
    except (ResponseInvalid, EventContradicts) as problem:
        add_failure(request, str(problem))
        refresh_granted_refund(request.granted_refund)
        return
    if answer.actions is not None:
        transaction.available_actions = answer.actions
    before = recount(transaction)
    refresh_granted_refund(request.granted_refund)
    refresh_source(transaction, before=before)
