"""Mails of what becomes of an order: cancelled, come back, returned, delivered, paid, late."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.outbox import in_batches
from marketplace.orders.handlers import not_imported
from marketplace.orders.models import (
    EvidenceKind,
    Order,
    Parcel,
    ParcelState,
    PaymentMethod,
    ReturnedGoods,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.orders.services.buyer_notices import Notice, tell_buyer
from marketplace.orders.services.mail_parts import cooperative_name
from marketplace.orders.services.mails import is_over
from vendors.scoping import Crossing


@in_batches(not_imported)
def on_vendor_order_cancelled(payload: dict[str, Any]) -> None:
    """VendorOrderCancelled: all that was cancelled of the order by now, in one mail."""
    order = Order.objects.get(pk=UUID(payload["order_id"]))
    rows = _parts(order).filter(state=VendorOrderState.CANCELLED).order_by("number")
    # What a cooperative cannot deliver is told by ``refusal_mails``.
    rows = rows.exclude(refusals__ends=True)
    parts = {f"cancelled:{row.pk}": row for row in rows.prefetch_related("lines", "parcels")}
    whole = is_over(order)

    def write(_written: Format, new: Sequence[str]) -> Notice:
        return _cancelled(order, [parts[key] for key in new], whole=whole)

    tell_buyer(order, list(parts), write)


def _cancelled(order: Order, parts: Sequence[VendorOrder], *, whole: bool) -> Notice:
    number = {"number": order.number}
    came_back = [part for part in parts if _came_back(part)]
    subject = _("A part of your order %(number)s was cancelled")
    if len(came_back) == len(parts):
        subject = _("A parcel of your order %(number)s came back")
    elif whole:
        subject = _("Your order %(number)s was cancelled")
    paragraphs = [text for part in parts for text in _what_became(part, order.language)]
    paragraphs.append(_money_of_cancelled(order))
    if not whole:
        paragraphs.append(_("The rest of your order goes on."))
    return Notice(subject % number, paragraphs, _items(parts, order.language))


def _what_became(part: VendorOrder, language: str) -> list[str]:
    name = {"cooperative": cooperative_name(part, language)}
    if _came_back(part):
        return [_returned_unopened() % name]
    found = [_("What you ordered from %(cooperative)s was cancelled.") % name]
    if part.why_cancelled:
        found.append(_("Reason: %(reason)s") % {"reason": part.why_cancelled})
    return found


def _returned_unopened() -> str:
    return _("The parcel from %(cooperative)s came back without having been handed over.")


def _money_of_cancelled(order: Order) -> str:
    if order.payment_method == PaymentMethod.CASH:
        return _("Nothing was charged, and there is nothing to pay for it.")
    if order.was_charged:
        return _("You get back what you paid for it. We write to you when it has been sent.")
    if order.payment_method == PaymentMethod.BANK:
        return _(
            "Nothing was paid. If you have sent the transfer all the same, tell us on the page of "
            "your order."
        )
    return _("Should your card have been charged, you get the amount back.")


@in_batches(not_imported)
def on_parcel_returned(payload: dict[str, Any]) -> None:
    """ParcelReturned: it came back undelivered. If its part ended with it, another mail says so."""
    rows = Parcel.objects.crossing(Crossing.SCHEDULED_JOB)
    parcel = rows.select_related("vendor_order__order").get(pk=UUID(payload["parcel_id"]))
    part = parcel.vendor_order
    if part.state == VendorOrderState.CANCELLED:
        return
    order = part.order

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        name = {"cooperative": cooperative_name(part, order.language)}
        back = _returned_unopened() % name
        kept = _(
            "The cooperative is not paid for it. Write on the page of your order to have it sent "
            "again, or to get your money back."
        )
        is_cash = order.payment_method == PaymentMethod.CASH
        subject = _("A parcel of your order %(number)s came back") % {"number": order.number}
        money = _("Nothing was charged, and there is nothing to pay for it.") if is_cash else kept
        held = [(row.quantity, row.line) for row in parcel.lines.all()]
        return Notice(subject, [back, money], _as_items(held, order.language))

    tell_buyer(order, [f"came-back:{parcel.pk}"], write)


@in_batches(not_imported)
def on_goods_returned(payload: dict[str, Any]) -> None:
    """GoodsReturned: the cooperative has what the buyer sent back; not what never arrived."""
    part = _part(payload)
    order = part.order
    rows = ReturnedGoods.objects.crossing(Crossing.SCHEDULED_JOB)
    found = list(rows.filter(pk__in=payload["returned_ids"]).select_related("line"))
    found = [row for row in found if row.line.quantity_delivered]
    if not found:
        return

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        name = {"cooperative": cooperative_name(part, order.language)}
        return Notice(
            _("Your return for the order %(number)s was received") % {"number": order.number},
            [
                _("%(cooperative)s has received what you sent back.") % name,
                _("We write to you when your refund has been sent."),
            ],
            _as_items([(row.quantity, row.line) for row in found], order.language),
        )

    tell_buyer(order, [f"returned:{found[0].pk}"], write)


@in_batches(not_imported)
def on_parcel_delivered(payload: dict[str, Any]) -> None:
    """ParcelDelivered: recorded by somebody else than the buyer, who may object."""
    if payload["evidence"] == EvidenceKind.BUYER:
        return
    rows = Parcel.objects.crossing(Crossing.SCHEDULED_JOB)
    parcel = rows.select_related("vendor_order__order").get(pk=UUID(payload["parcel_id"]))
    part, order = parcel.vendor_order, parcel.vendor_order.order
    if parcel.state != ParcelState.DELIVERED or parcel.delivered_at is None:
        return
    day = timezone.localdate(parcel.delivered_at, order.zone)

    def write(written: Format, _new: Sequence[str]) -> Notice:
        facts = {"cooperative": cooperative_name(part, order.language), "day": written.day(day)}
        found = [_("The parcel from %(cooperative)s is recorded as delivered: %(day)s.") % facts]
        if payload["evidence"] == EvidenceKind.TIME_OUT:
            found = [
                _(
                    "We have heard nothing of the parcel from %(cooperative)s since it was sent, "
                    "so we take it as delivered."
                )
                % facts
            ]
        found.append(_objecting())
        subject = _("A parcel of your order %(number)s is recorded as delivered")
        return Notice(subject % {"number": order.number}, found)

    tell_buyer(order, [f"delivered:{parcel.pk}"], write)


def _objecting() -> str:
    return _(
        "If it has not arrived, or something is missing or damaged, say so on the page of your "
        "order."
    )


@in_batches(not_imported)
def on_payment_captured(payload: dict[str, Any]) -> None:
    """PaymentCaptured: the buyer's bank transfer has arrived."""
    if payload["method"] != PaymentMethod.BANK:
        return
    order = Order.objects.get(pk=UUID(payload["order_id"]))
    if is_over(order):
        return

    def write(written: Format, _new: Sequence[str]) -> Notice:
        amount = {"amount": written.money(payload["amount_minor"], payload["currency"])}
        return Notice(
            _("Your bank transfer for the order %(number)s has arrived") % {"number": order.number},
            [
                _("Amount received: %(amount)s") % amount,
                _("The cooperatives have been notified and prepare your parcels."),
            ],
        )

    tell_buyer(order, ["transfer-received"], write)


def on_order_link_asked(payload: dict[str, Any]) -> None:
    """OrderLinkAsked: a fresh link for a buyer who lost it."""
    order = Order.objects.get(pk=UUID(payload["order_id"]))

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        subject = _("The page of your order %(number)s") % {"number": order.number}
        asked = _("Somebody who knows its number and your phone asked for this link.")
        return Notice(subject, [asked])

    tell_buyer(order, [f"link:{payload['lookup_id']}"], write)


def _parts(order: Order) -> Any:
    rows = order.vendor_orders.crossing(Crossing.BUYER_ORDER)
    return rows.select_related("cooperative", "order")


def _part(payload: dict[str, Any]) -> VendorOrder:
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB)
    found: VendorOrder = rows.select_related("cooperative", "order").get(
        pk=UUID(payload["vendor_order_id"])
    )
    return found


def _came_back(part: VendorOrder) -> bool:
    return any(parcel.state == ParcelState.RETURNED for parcel in part.parcels.all())


def _items(parts: Sequence[VendorOrder], language: str) -> list[str]:
    return _as_items([(x.quantity, x) for part in parts for x in part.lines.all()], language)


def _as_items(lines: Sequence[tuple[int, VendorOrderLine]], language: str) -> list[str]:
    return [f"{quantity} × {line.title_in(language)}" for quantity, line in lines]
