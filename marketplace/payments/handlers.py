"""What this room does after events of the engine and of rooms below."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.core.outbox import in_batches
from marketplace.orders.events import VendorOrderCancelled
from marketplace.orders.models import Order, VendorOrder, VendorOrderState
from marketplace.payments import services
from marketplace.payments.errors import RefundRefused
from marketplace.payments.models import PREPAID, Payment
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from marketplace.saleor.webhooks.events import WebhookEvent
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)


def _waiting_for_capture(payloads: Sequence[dict[str, Any]]) -> Iterable[int]:
    """Of many orders only those with a payment that is not captured yet."""
    order_ids = [UUID(payload["order_id"]) for payload in payloads]
    waiting = set(
        Payment.objects.filter(order_id__in=order_ids, method__in=PREPAID, captured_at__isnull=True)
        .values_list("order_id", flat=True)
    )  # fmt: skip
    return [place for place, order_id in enumerate(order_ids) if order_id in waiting]


@in_batches(_waiting_for_capture)
def on_order_placed(payload: dict[str, Any]) -> None:
    """OrderPlaced: capture the payment made at checkout, or mail how to transfer it."""
    services.capture_payments(order_id=UUID(payload["order_id"]))
    services.mail_transfer_instructions(order_id=UUID(payload["order_id"]))


def on_vendor_order_cancelled(payload: dict[str, Any]) -> None:
    """VendorOrderCancelled: refund what was paid in advance for it and did not go back yet.

    Only the intent is written here; a job sends it. Staff's own cancellation wrote it already.
    """
    if payload["payment_method"] not in PREPAID:
        return
    vendor_order_id = UUID(payload["vendor_order_id"])
    try:
        services.refund_cancelled(
            vendor_order_id=vendor_order_id,
            lines={UUID(line["line_id"]): int(line["quantity"]) for line in payload["lines"]},
            include_shipping=bool(payload["shipping_minor"]),
        )
    except RefundRefused as refused:
        logger.info("Nothing goes back now for %s: %s", vendor_order_id, refused.code)


def on_payment_captured(payload: dict[str, Any]) -> None:
    """PaymentCaptured: what was refused or cancelled before its card was charged goes back now.

    Repeated, nothing goes back twice.
    """
    order_id = UUID(payload["order_id"])
    services.request_due_refusals(order_id=order_id)
    for cancelled in _cancellations_of(order_id):
        on_vendor_order_cancelled(cancelled)


def _cancellations_of(order_id: UUID) -> Iterable[dict[str, Any]]:
    """The events of an order's cancelled vendor orders, which say what was cancelled."""
    parts = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).filter(
        order_id=order_id, state=VendorOrderState.CANCELLED
    )
    return DomainEvent.objects.filter(
        name=VendorOrderCancelled.__name__,
        aggregate_type=VendorOrderCancelled.aggregate,
        aggregate_id__in=parts.values_list("pk", flat=True),
    ).values_list("payload", flat=True)


def on_complaint_moved(payload: dict[str, Any]) -> None:
    """ComplaintMoved: write down the refund that is due with it; a job asks again if it must wait.

    Repeated, nothing is refunded twice.
    """
    try:
        services.request_due_refund(complaint_id=UUID(payload["complaint_id"]))
    except RefundRefused as refused:
        logger.info("A refund waits for complaint %s: %s", payload["complaint_id"], refused.code)


def on_refund_proposal_closed(payload: dict[str, Any]) -> None:
    """RefundProposalClosed: a mediator's decision whose refund nobody confirmed is open again."""
    services.reopen_undone(
        proposal_id=UUID(payload["proposal_id"]), by=Actor.system("refund not confirmed")
    )


def on_paid_checkout_failed(payload: dict[str, Any]) -> None:
    """PaidCheckoutFailed: its items were sold meanwhile, so its payment is returned.

    Only the intent is written here; the worker calls the engine. The sweep of payments without an
    order would find it later; this way the buyer need not wait.
    """
    order_id = UUID(payload["order_id"])
    returned = services.ask_returns_of_failed_checkout(order_id=order_id)
    if returned:
        told = {"amount_minor": payload["amount_minor"], "currency": payload["currency"]}
        services.mail_refund_of_failed_checkout(order_id=order_id, **told)
        services.mail_staff_of_failed_checkout(order_id=order_id, **told)
    logger.warning(
        "Checkout %s was paid and failed: %s of its payments go back (order %s)",
        payload["checkout_id"], returned, order_id,
    )  # fmt: skip


def on_engine_order_changed(event: WebhookEvent) -> None:
    """Money may have moved for an order: fetch it and project its transactions.

    An order that is not here yet is projected by the orders' own handler or sweep; its payment is
    then found by the sweep of transactions.
    """
    if event.order_id:
        _fetch_and_project(event.order_id)


def on_engine_orders_brought_in(event: WebhookEvent) -> None:
    """Past orders were imported; each carries its payment."""
    known = ids.our_ids(ids.ORDER, list(event.order_ids))
    paid = Payment.objects.filter(order_id__in=known.values()).values_list("order_id", flat=True)
    projected = set(paid)
    for engine_id, ours in known.items():
        if ours not in projected:
            _fetch_and_project(engine_id)


def _fetch_and_project(engine_id: str) -> None:
    ours = ids.our_id(ids.ORDER, engine_id)
    if ours is None or not Order.objects.filter(pk=ours).exists():
        return
    engine_order = app_client().order_by_id(id=engine_id).order
    if engine_order is not None:
        services.project_transactions(engine_order)
