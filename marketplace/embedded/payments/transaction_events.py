"""Recording events of a transaction, and refreshing its amounts and its order or checkout."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from marketplace.embedded import statuses
from marketplace.embedded.models.app import App
from marketplace.embedded.models.checkout import Checkout
from marketplace.embedded.models.order import Order, OrderStatus
from marketplace.embedded.models.payment import (
    GrantedRefund,
    GrantedRefundStatus,
    TransactionEvent,
    TransactionItem,
)
from marketplace.embedded.orders import events as order_events
from marketplace.embedded.orders.amounts import refresh_amounts, refresh_status
from marketplace.embedded.payments.amounts import Amounts, amounts_of

NOT_DEDUPLICATED = ("AUTHORIZATION_ACTION_REQUIRED", "CHARGE_ACTION_REQUIRED", "INFO")
AMOUNT_FIELDS = tuple(f"{name}_minor" for name in Amounts.__dataclass_fields__)


class EventContradicts(Exception):
    """The reported event contradicts an earlier one; `code` is the API's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Report:
    """An event as an App reports it; the amount is in minor units."""

    type: str
    psp_reference: str
    amount_minor: int
    message: str = ""
    external_url: str = ""
    time: datetime | None = None


def lock_transaction(transaction_id: UUID) -> TransactionItem:
    """Lock the transaction's checkout or order, then the transaction, and return it.

    Checkout completion, which moves transactions to the order, locks in the same order.
    """
    while True:
        found = TransactionItem.objects.get(pk=transaction_id)
        if found.checkout_id:
            list(Checkout.objects.select_for_update().filter(pk=found.checkout_id))
        elif found.order_id:
            list(Order.objects.select_for_update().filter(pk=found.order_id))
        locked = TransactionItem.objects.select_for_update().get(pk=transaction_id)
        if (locked.checkout_id, locked.order_id) == (found.checkout_id, found.order_id):
            return locked


def add_event(
    transaction: TransactionItem,
    report: Report,
    *,
    app: App | None,
    granted_refund: GrantedRefund | None = None,
) -> tuple[TransactionEvent, bool]:
    """Record an event once; return it and whether it was recorded already.

    Raises EventContradicts: the same reference and type with another amount, or a second
    authorization of the transaction.
    """
    same = _same_event(transaction, report)
    if same is not None:
        return same, True
    _check_single_authorization(transaction, report)
    event = TransactionEvent.objects.create(
        transaction=transaction,
        type=report.type,
        psp_reference=report.psp_reference,
        amount_minor=report.amount_minor,
        currency=transaction.currency,
        message=report.message[:512],
        external_url=report.external_url,
        created_at=report.time or timezone.now(),
        include_in_calculations=True,
        app=app,
        granted_refund=granted_refund,
    )
    return event, False


def _same_event(transaction: TransactionItem, report: Report) -> TransactionEvent | None:
    if report.type in NOT_DEDUPLICATED:
        return None
    found = transaction.events.filter(type=report.type, psp_reference=report.psp_reference)
    same = found.first()
    if same is not None and same.amount_minor != report.amount_minor:
        raise EventContradicts(
            "INCORRECT_DETAILS",
            "The transaction with provided `pspReference` and `type` already exists with "
            "different amount.",
        )
    return same


def _check_single_authorization(transaction: TransactionItem, report: Report) -> None:
    if report.type != "AUTHORIZATION_SUCCESS":
        return
    if transaction.events.filter(type="AUTHORIZATION_SUCCESS").exists():
        raise EventContradicts(
            "ALREADY_EXISTS",
            "Event with `AUTHORIZATION_SUCCESS` already reported for the transaction. Use "
            "`AUTHORIZATION_ADJUSTMENT` to change the authorization amount.",
        )


def add_failure(request: TransactionEvent, cause: str) -> TransactionEvent:
    """Record that a request failed, without changing any amount."""
    return TransactionEvent.objects.create(
        transaction=request.transaction,
        type=f"{request.type.partition('_')[0]}_FAILURE",
        psp_reference=request.psp_reference,
        amount_minor=request.amount_minor,
        currency=request.currency,
        message=cause[:512],
        include_in_calculations=False,
        granted_refund=request.granted_refund,
    )


def recount(transaction: TransactionItem) -> Amounts:
    """Recalculate the transaction's amounts from its events; return the previous ones."""
    before = Amounts(*(getattr(transaction, name) for name in AMOUNT_FIELDS))
    counted = transaction.events.filter(include_in_calculations=True).order_by("created_at", "pk")
    now = amounts_of(counted)
    for name in AMOUNT_FIELDS:
        setattr(transaction, name, getattr(now, name.removesuffix("_minor")))
    transaction.save()
    return before


def refresh_source(transaction: TransactionItem, *, before: Amounts) -> None:
    """Refresh the statuses of the transaction's checkout or order, and emit the order's events."""
    if transaction.order_id:
        order = Order.objects.select_related("channel").get(pk=transaction.order_id)
        refresh_amounts(order)
        if (
            order.status == OrderStatus.UNCONFIRMED
            and order.channel.automatically_confirm_all_new_orders
        ):
            order.status = OrderStatus.UNFULFILLED
            refresh_status(order)
        order_events.transaction_moved(order, before=before, transaction=transaction)
    elif transaction.checkout_id:
        refresh_checkout(Checkout.objects.get(pk=transaction.checkout_id))


def refresh_checkout(checkout: Checkout) -> None:
    """Refresh and save the checkout's payment statuses, from its total and its transactions."""
    charged = authorized = 0
    for item in checkout.transactions.all():
        charged += item.charged_minor + item.charge_pending_minor
        authorized += item.authorized_minor + item.authorize_pending_minor
    has_lines = checkout.lines.exists()
    total = checkout.total_gross_minor
    checkout.charge_status = statuses.checkout_charge_status(
        total=total, charged=charged, has_lines=has_lines
    )
    checkout.authorize_status = statuses.checkout_authorize_status(
        total=total, authorized=authorized, charged=charged, has_lines=has_lines
    )
    checkout.save(update_fields=["charge_status", "authorize_status", "updated_at"])


def refresh_granted_refund(refund: GrantedRefund | None) -> None:
    """Set the granted refund's status from the last refund event about it."""
    if refund is None:
        return
    last = (
        refund.transaction_events.filter(
            transaction_id=refund.transaction_id, type__startswith="REFUND_"
        )
        .order_by("created_at", "pk")
        .last()
    )
    if last is None:
        return
    refund.status = {
        "REFUND_SUCCESS": GrantedRefundStatus.SUCCESS,
        "REFUND_REQUEST": GrantedRefundStatus.PENDING,
        "REFUND_FAILURE": GrantedRefundStatus.FAILURE,
    }.get(last.type, GrantedRefundStatus.NONE)
    refund.save(update_fields=["status", "updated_at"])
