"""Bank transfers that arrived, and those that did not in time."""

import logging

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.errors import TwizaError
from marketplace.core.money import Money
from marketplace.orders.models import VendorOrder
from marketplace.orders.reasons import TRANSFER_MISSING
from marketplace.orders.services.cancel import cancel_vendor_order
from marketplace.payments import engine
from marketplace.payments.models import BankTransfer, PaymentState, TransferState
from marketplace.payments.providers import Answer
from marketplace.payments.services.projection import capture_payments
from marketplace.payments.services.take_payment import lock_order
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

MOST = 100


def mark_received(transfer: BankTransfer, *, by: Actor) -> bool:
    """Note a transfer that arrived, in the caller's transaction; false if no longer awaited."""
    lock_order(transfer.payment.order_id)
    row = BankTransfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if row.state != TransferState.WAITING:
        return False
    payment = row.payment
    payment.state, payment.charged_minor = PaymentState.CHARGED, payment.amount_minor
    payment.save(update_fields=["state", "charged_minor"])
    row.state, row.received_at = TransferState.RECEIVED, timezone.now()
    row.save(update_fields=["state", "received_at"])
    record("bank_transfer.received", row, by=by, reference=row.reference)
    return True


def report_received_transfers() -> int:
    """Report arrived transfers to the engine; returns how many."""
    waiting = BankTransfer.objects.filter(state=TransferState.RECEIVED, closed_at__isnull=True)
    return sum(_report_to_engine(transfer) for transfer in waiting.select_related("payment")[:MOST])


def expire_transfers(*, by: Actor) -> int:
    """Cancel orders that were not paid in time; their stock is released."""
    late = BankTransfer.objects.filter(state=TransferState.WAITING, expires_at__lte=timezone.now())
    for transfer in late.order_by("expires_at")[:MOST]:
        _expire(transfer, by)
    half_way = BankTransfer.objects.filter(state=TransferState.EXPIRED, closed_at__isnull=True)
    return sum(_give_up(transfer, by) for transfer in half_way.select_related("payment")[:MOST])


def _expire(transfer: BankTransfer, by: Actor) -> None:
    with transaction.atomic():
        lock_order(transfer.payment.order_id)
        row = BankTransfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
        if row.state != TransferState.WAITING:
            return
        row.state = TransferState.EXPIRED
        row.save(update_fields=["state"])
        row.payment.state = PaymentState.FAILED
        row.payment.save(update_fields=["state"])
        record("bank_transfer.expired", row, by=by, reference=row.reference)


def _give_up(transfer: BankTransfer, by: Actor) -> bool:
    """Report to the engine, and cancel each vendor order; what fails is repeated next time."""
    parts = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        order_id=transfer.payment.order_id
    )
    try:
        _report(transfer, "CHARGE_FAILURE")
        for part in parts:
            cancel_vendor_order(vendor_order=part, reason=TRANSFER_MISSING, by=by)
    except TwizaError as error:
        logger.warning("Transfer %s is not closed yet: %s", transfer.reference, error.code)
        return False
    BankTransfer.objects.filter(pk=transfer.pk).update(closed_at=timezone.now())
    return True


def _report_to_engine(transfer: BankTransfer) -> bool:
    try:
        _report(transfer, "CHARGE_SUCCESS")
    except TwizaError as error:
        logger.warning("The engine was not told of %s: %s", transfer.reference, error.code)
        return False
    capture_payments(order_id=transfer.payment.order_id)
    BankTransfer.objects.filter(pk=transfer.pk).update(closed_at=timezone.now())
    return True


def _report(transfer: BankTransfer, result: str) -> None:
    payment = transfer.payment
    amount = Money(payment.amount_minor, payment.currency)
    actions = ("REFUND",) if result == "CHARGE_SUCCESS" else ()
    told = Answer(result, amount, actions=actions)
    engine.report_event(payment, told, reference=payment.psp_reference)
