"""Mails to the buyer and to the cooperative, each in the reader's language, each once."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.core.person_names import greeted_name
from marketplace.orders.cash_to_collect import collected_with
from marketplace.orders.models import (
    CheckoutAttempt,
    Order,
    Parcel,
    ParcelState,
    PaymentMethod,
    VendorOrder,
    VendorOrderState,
    collection_of,
)
from marketplace.orders.services.buyer_texts import text_confirmation, text_parcel_sent
from marketplace.orders.services.envelope import envelope
from marketplace.orders.services.mail_parts import amounts_of, part_facts
from marketplace.orders.services.pickup_words import how_to_collect
from marketplace.orders.services.tracking_links import issue_link
from vendors.models import Membership
from vendors.queries import members_who_ship
from vendors.scoping import CooperativeScope, Crossing

# An order that came to us later than this after it was placed was imported: it sends no mails.
IMPORTED_AFTER = timedelta(days=3)


def is_import(order: Order) -> bool:
    """Whether an order of the past was brought in: its people know of it."""
    return order.recorded_at - order.placed_at > IMPORTED_AFTER


def is_over(order: Order) -> bool:
    """Whether all of an order was cancelled."""
    parts = order.vendor_orders.crossing(Crossing.BUYER_ORDER)
    return not parts.exclude(state=VendorOrderState.CANCELLED).exists()


def tracking_address(order: Order, token: str) -> str:
    """The public address of an order's tracking page."""
    return f"{settings.PUBLIC_URL}/{order.market}/{order.language}/orders/{token}/"


def confirm_to_buyer(order: Order) -> bool:
    """The confirmation with a fresh tracking link; false if it was sent before or was imported.

    To the phone where there is no address. Of what was cancelled meanwhile it says nothing:
    another mail does.
    """
    if order.confirmation_sent_at or not order.is_reachable or is_import(order):
        return False
    rows = order.vendor_orders.crossing(Crossing.BUYER_ORDER).select_related("cooperative")
    parts = list(rows.exclude(state=VendorOrderState.CANCELLED).order_by("number"))
    if not parts:
        return False
    written = Format(order.language, order.market)
    amounts = amounts_of(parts, written, order.currency)
    with speaking(order.language, order.market):
        link = tracking_address(order, issue_link(order=order))
        if order.email:
            _mail_confirmation(order, parts, amounts, link)
        else:
            text_confirmation(order, total=amounts["total"], link=link)
    order.confirmation_sent_at = timezone.now()
    order.save(update_fields=["confirmation_sent_at"])
    return True


def _mail_confirmation(
    order: Order, parts: list[VendorOrder], amounts: dict[str, str], link: str
) -> None:
    send_to(
        order.email,
        order.language,
        _("Your order %(number)s") % {"number": order.number},
        "buyer_confirmation",
        {
            "order": order,
            "name": greeted_name(order.name),
            "parcels": [_with_pickup(part, order) for part in parts],
            "address": envelope(order),
            **amounts,
            "awaits_transfer": order.awaits_transfer,
            "is_collected": any(collection_of(part) for part in parts),
            "money": _money(order, parts),
            "link": link,
        },
    )


def _with_pickup(part: VendorOrder, order: Order) -> dict[str, Any]:
    """A part for its buyer alone: the code to collect it with is nobody else's."""
    collection = collection_of(part)
    written = Format(order.language, order.market)
    how = how_to_collect(collection, written) if collection else []
    return {**part_facts(part, order.language), "pickup": how}


def _money(order: Order, parts: list[VendorOrder]) -> str:
    """Where the money of a new order is, in a sentence; empty when that is not known yet."""
    if order.payment_method == PaymentMethod.CASH:
        return _("You pay when the parcels arrive.")
    if order.awaits_transfer:
        return _("Another e-mail tells you how to transfer the amount.")
    if not order.was_charged:
        return ""
    if all(collection_of(part) for part in parts):
        return _("Your payment is held until you have collected your order.")
    return _("Your payment is held until the parcels have arrived.")


def send_cash_code(attempt: CheckoutAttempt, code: str) -> None:
    """The code that confirms an order with cash on delivery."""
    with speaking(attempt.language, attempt.market):
        send_to(
            attempt.email,
            attempt.language,
            _("Your code for the order"),
            "buyer_cash_code",
            {
                "name": greeted_name(attempt.address.name),
                "code": code,
                "total": Format(attempt.language, attempt.market).money(
                    attempt.total_minor, attempt.currency
                ),
            },
        )


def announce_parcel(parcel: Parcel) -> bool:
    """Tell the buyer that a parcel is on its way, with its tracking number; not once it ended."""
    vendor_order = parcel.vendor_order
    order: Order = vendor_order.order
    if not order.is_reachable or is_import(order) or parcel.state != ParcelState.SHIPPED:
        return False
    collect_minor = collected_with(parcel)
    written = Format(order.language, order.market)
    collected = written.money(collect_minor, order.currency) if collect_minor else ""
    with speaking(order.language, order.market):
        link = tracking_address(order, issue_link(order=order))
        if not order.email:
            return text_parcel_sent(parcel, order, collected=collected, link=link)
        send_to(
            order.email,
            order.language,
            _("A parcel of your order %(number)s is on its way") % {"number": order.number},
            "buyer_parcel_sent",
            {
                "order": order,
                "name": greeted_name(order.name),
                "part": part_facts(vendor_order, order.language),
                "parcel": parcel,
                "collected": collected,
                "link": link,
            },
        )
    return True


def notify_cooperative(vendor_order: VendorOrder) -> int:
    """What was sold, to the cooperative's managers and sellers; returns how many mails."""
    if vendor_order.notified_at or is_import(vendor_order.order):
        return 0
    if vendor_order.state == VendorOrderState.CANCELLED:
        return 0
    scope = CooperativeScope(vendor_order.cooperative_id)
    members = members_who_ship(Membership.objects.within(scope)).select_related("user")
    sent = 0
    for membership in members:
        _tell_member(vendor_order, membership.user)
        sent += 1
    vendor_order.notified_at = timezone.now()
    vendor_order.save(update_fields=["notified_at"])
    return sent


def _tell_member(vendor_order: VendorOrder, user: Any) -> None:
    market = vendor_order.order.market
    slug = vendor_order.cooperative.slug
    written = Format(user.language, market)
    currency = vendor_order.currency
    paid_minor = -vendor_order.kept_off_minor if vendor_order.is_discount_ours else 0
    with speaking(user.language, market):
        send_to(
            user.email,
            user.language,
            _("New order %(number)s") % {"number": vendor_order.number},
            "cooperative_new_order",
            {
                "vendor_order": vendor_order,
                "part": part_facts(vendor_order, user.language),
                "is_collected": collection_of(vendor_order) is not None,
                "name": user.name,
                "goods": written.money(vendor_order.kept_goods_minor, currency),
                "vouchers_paid": written.money(paid_minor, currency) if paid_minor else "",
                "ship_by": written.day(vendor_order.ship_by_on),
                "link": f"{settings.PUBLIC_URL}/portal/{slug}/orders/{vendor_order.pk}/",
            },
        )


def send_to(
    recipient: str, language: str, subject: str, template: str, context: dict[str, Any]
) -> None:
    """Send a mail of this room's templates, written in a language that is active."""
    direction = Format(language).direction
    context = {**context, "language": language, "direction": direction, "subject": subject}
    send_mail(
        to=recipient,
        language=language,
        subject=subject,
        text=render_to_string(f"orders/mail/{template}.txt", context),
        html=render_to_string(f"orders/mail/{template}.html", context),
    )
