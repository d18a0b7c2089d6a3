"""What this room does after events of the engine and of other rooms."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from catalog.read_model.projection import project_by_ids
from marketplace.core.actors import Actor
from marketplace.core.outbox import in_batches
from marketplace.orders.errors import OrderNotFound
from marketplace.orders.models import (
    Order,
    Parcel,
    ParcelState,
    VendorOrder,
    VendorOrderLine,
    collection_of,
)
from marketplace.orders.pickup_mails import tell_of_hand_over
from marketplace.orders.services import mails
from marketplace.orders.services.complaints import close_refunded
from marketplace.orders.services.engine_orders.reading import NotAnOrder
from marketplace.orders.services.fetching import fetched
from marketplace.orders.services.projection import project_order
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from marketplace.saleor.webhooks.events import WebhookEvent
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

# The most products that are fetched in one call.
_AT_ONCE = 50


def on_order_changed(event: WebhookEvent) -> None:
    """An order or one of its fulfilments changed: fetch the order by its id and project it.

    Late, repeated and reordered events all lead to the order as it is now. Its listings follow: an
    engine tells that stock was counted or is gone, not that a part of it was sold or sent.
    """
    if event.order_id and (order := _fetch_and_project(event.order_id)):
        _refresh_listings(order)


def on_orders_bulk_created(event: WebhookEvent) -> None:
    """Orders were imported: the engine sends no other event for them.

    Those that the importer itself projected already are not fetched again.
    """
    known = ids.our_ids(ids.ORDER, list(event.order_ids))
    projected = set(Order.objects.filter(pk__in=known.values()).values_list("pk", flat=True))
    for order_gid in event.order_ids:
        if known.get(order_gid) not in projected:
            _fetch_and_project(order_gid)


def on_refund_made(payload: dict[str, Any]) -> None:
    """RefundMade: count the refunded quantities on their lines; end the complaint behind it.

    Repeated, it ends nothing twice.
    """
    with transaction.atomic():
        rows = VendorOrder.objects.crossing(Crossing.LEDGER_POSTING)
        rows.select_for_update().get(pk=payload["vendor_order_id"])
        for refunded in payload["lines"]:
            lines = VendorOrderLine.objects.crossing(Crossing.LEDGER_POSTING)
            line = lines.get(pk=refunded["line_id"])
            so_far = line.quantity_refunded + int(refunded["quantity"])
            line.quantity_refunded = min(so_far, line.quantity)
            line.save(update_fields=["quantity_refunded"])
        if complaint_id := payload.get("complaint_id"):
            by = Actor.system("refund made")
            close_refunded(complaint_id=UUID(complaint_id), by=by)


def not_imported(payloads: Sequence[dict[str, Any]]) -> Iterable[int]:
    """Of events of many orders only those that mails are sent about: of no imported order."""
    order_ids = [UUID(payload["order_id"]) for payload in payloads]
    rows = Order.objects.filter(pk__in=order_ids).only("pk", "recorded_at", "placed_at")
    imported = {order.pk for order in rows if mails.is_import(order)}
    return [place for place, order_id in enumerate(order_ids) if order_id not in imported]


@in_batches(not_imported)
def on_order_placed(payload: dict[str, Any]) -> None:
    """OrderPlaced: mail the buyer a confirmation with the tracking link."""
    mails.confirm_to_buyer(Order.objects.get(pk=UUID(payload["order_id"])))


@in_batches(not_imported)
def on_vendor_order_placed(payload: dict[str, Any]) -> None:
    """VendorOrderPlaced: mail the cooperative what to prepare."""
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB)
    vendor_order = rows.select_related("order").get(pk=UUID(payload["vendor_order_id"]))
    if not vendor_order.order.awaits_transfer:
        mails.notify_cooperative(vendor_order)


def on_payment_captured(payload: dict[str, Any]) -> None:
    """PaymentCaptured: mail what to prepare of an order paid by transfer, once."""
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB)
    for part in payload["parts"]:
        mails.notify_cooperative(rows.get(pk=UUID(part["vendor_order_id"])))


@in_batches(not_imported)
def on_parcel_shipped(payload: dict[str, Any]) -> None:
    """ParcelShipped: mail the buyer that it is on its way, or was handed over without the code."""
    rows = Parcel.objects.crossing(Crossing.SCHEDULED_JOB)
    parcel = rows.get(pk=UUID(payload["parcel_id"]))
    collection = collection_of(parcel.vendor_order)
    if collection is None:
        mails.announce_parcel(parcel)
    elif collection.proven_at is None and parcel.state == ParcelState.SHIPPED:
        tell_of_hand_over(parcel)


def _fetch_and_project(order_gid: str) -> Order | None:
    try:
        return project_order(fetched(order_gid))
    except NotAnOrder:
        return None
    except OrderNotFound:
        logger.warning("An event named an order that the engine does not have: %s", order_gid)
        return None


def _refresh_listings(order: Order) -> None:
    lines = VendorOrderLine.objects.crossing(Crossing.ENGINE_PROJECTION)
    sold = lines.filter(vendor_order__order=order).values_list("listing_id", flat=True)
    products = sorted(ids.global_ids(ids.PRODUCT, set(sold)).values())
    for first in range(0, len(products), _AT_ONCE):
        project_by_ids(app_client(), products[first : first + _AT_ONCE])
