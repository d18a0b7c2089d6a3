"""The buyer is told what a cooperative cannot deliver, why, and what becomes of the money."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.outbox import in_batches
from marketplace.orders.handlers import not_imported
from marketplace.orders.models import Order, PaymentMethod, Refusal
from marketplace.orders.services.buyer_notices import Notice, tell_buyer
from marketplace.orders.services.mail_parts import cooperative_name
from vendors.scoping import Crossing


@in_batches(not_imported)
def on_goods_refused(payload: dict[str, Any]) -> None:
    """GoodsRefused: one mail of one refusal, once; a message to a phone says it in short."""
    rows = Refusal.objects.crossing(Crossing.BUYER_ORDER)
    rows = rows.select_related("vendor_order__order", "vendor_order__cooperative")
    refusal = rows.prefetch_related("lines__line", "lines__substitute").get(
        pk=UUID(payload["refusal_id"])
    )
    order = refusal.vendor_order.order

    def write(written: Format, _new: Sequence[str]) -> Notice:
        return _notice(refusal, order, written)

    tell_buyer(order, [f"refused:{refusal.pk}"], write)


def _notice(refusal: Refusal, order: Order, written: Format) -> Notice:
    name = {"cooperative": cooperative_name(refusal.vendor_order, order.language)}
    money = money_of_refusal(refusal, order, written)
    paragraphs = [
        _(
            "%(cooperative)s cannot deliver a part of your order. It is listed below, with the "
            "reason."
        )
        % name
    ]
    items = [
        f"{written.number(row.quantity)} × {row.line.title_in(order.language)} "
        f"({row.get_reason_display()})"
        for row in refusal.lines.all()
    ]
    after = [_("The cooperative writes: %(note)s") % {"note": refusal.note}] if refusal.note else []
    after += [money] if money else []
    after += _offered_instead(refusal, order, written)
    after.append(_what_goes_on(refusal, order))
    return Notice(
        _("A part of your order %(number)s cannot be delivered") % {"number": order.number},
        [*paragraphs, *after],
        items,
        place="#instead" if refusal.substitutes else "",
        in_short=" ".join(part for part in (money, _in_short(refusal, written)) if part),
    )


def _offered_instead(refusal: Refusal, order: Order, written: Format) -> list[str]:
    """What the buyer may take in place of it, until when, and that she need not."""
    found = [
        _(
            "Instead of %(refused)s the cooperative offers you %(quantity)s × %(product)s for "
            "%(total)s, delivery included."
        )
        % {
            "refused": row.line.title_in(order.language),
            "quantity": written.number(row.substitute.quantity),
            "product": row.substitute.title_in(order.language),
            "total": written.money(row.substitute.total_minor, row.substitute.currency),
        }
        for row in refusal.lines.all()
        if row.substitute
    ]
    if found:
        day = {"day": written.day(refusal.substitutes[0].valid_until)}
        found.append(
            _(
                "Choose on the page of your order until %(day)s: “Take it instead” (a new order, "
                "which you pay there) or “No”. If you do nothing, nothing more is ordered."
            )
            % day
        )
        if order.payment_method != PaymentMethod.CASH:
            found.append(_("Your money goes back in any case; a bank may take some days for it."))
    return found


def _in_short(refusal: Refusal, written: Format) -> str:
    offers = refusal.substitutes
    if not offers:
        return ""
    return _("Another product is offered to you instead; choose until %(day)s.") % {
        "day": written.day(offers[0].valid_until)
    }


def money_of_refusal(refusal: Refusal, order: Order, written: Format) -> str:
    """What the buyer gets back, or pays less; empty where nothing is to be said."""
    if not refusal.amount_minor:
        return ""
    amount = {"amount": written.money(refusal.amount_minor, order.currency)}
    if order.payment_method == PaymentMethod.CASH:
        if refusal.ends:
            return _("This parcel is not sent, and you pay nothing for it.")
        return _("You pay %(amount)s less to the courier.") % amount
    if refusal.ends and refusal.vendor_order.shipping_minor:
        return _("You get back %(amount)s, delivery included.") % amount
    return _("You get back %(amount)s.") % amount


def _what_goes_on(refusal: Refusal, order: Order) -> str:
    if not refusal.ends:
        return _("Everything else is sent to you.")
    others = order.vendor_orders.crossing(Crossing.BUYER_ORDER).exclude(state="cancelled")
    if others.exists():
        return _("The parcels of the other cooperatives are sent to you.")
    return _("With this, nothing of your order is sent.")
