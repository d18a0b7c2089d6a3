"""Mails to the buyer and to the cooperative, each in the reader's language, each once."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.person_names import greeted_name
from marketplace.orders.models import CheckoutAttempt, Order, Parcel, VendorOrder
from marketplace.orders.services.tracking_links import issue_link
from vendors.models import Membership
from vendors.proven_addresses import has_proven_address
from vendors.scoping import CooperativeScope, Crossing

# An import of old orders sends no mails.
STILL_NEWS = timedelta(days=3)


def is_news(placed_at: datetime) -> bool:
    """Whether an order is new enough for mails."""
    return placed_at > timezone.now() - STILL_NEWS


def tracking_address(order: Order, token: str) -> str:
    """The public address of an order's tracking page."""
    return f"{settings.PUBLIC_URL}/{order.market}/{order.language}/orders/{token}/"


def confirm_to_buyer(order: Order) -> bool:
    """The confirmation with a fresh tracking link; false if it was sent before or is too old."""
    if order.confirmation_sent_at or not order.email or not is_news(order.placed_at):
        return False
    rows = order.vendor_orders.crossing(Crossing.BUYER_ORDER).select_related("cooperative")
    parcels = [_part(row, order.language) for row in rows.order_by("number")]
    with translation.override(order.language):
        _send(
            order.email,
            order.language,
            _("Your order %(number)s") % {"number": order.number},
            "buyer_confirmation",
            {
                "order": order,
                "name": greeted_name(order.name),
                "parcels": parcels,
                "total": Format(order.language, order.market).money(
                    order.total_minor, order.currency
                ),
                "pays_cash": order.payment_method == "cod",
                "link": tracking_address(order, issue_link(order=order)),
            },
        )
    order.confirmation_sent_at = timezone.now()
    order.save(update_fields=["confirmation_sent_at"])
    return True


def send_cash_code(attempt: CheckoutAttempt, code: str) -> None:
    """The code that confirms an order with cash on delivery."""
    with translation.override(attempt.language):
        _send(
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
    """Mail the buyer that a parcel is on its way, with its tracking number."""
    vendor_order = parcel.vendor_order
    order: Order = vendor_order.order
    if not order.email or not is_news(order.placed_at):
        return False
    with translation.override(order.language):
        _send(
            order.email,
            order.language,
            _("A parcel of your order %(number)s is on its way") % {"number": order.number},
            "buyer_parcel_sent",
            {
                "order": order,
                "name": greeted_name(order.name),
                "part": _part(vendor_order, order.language),
                "parcel": parcel,
                "link": tracking_address(order, issue_link(order=order)),
            },
        )
    return True


def notify_cooperative(vendor_order: VendorOrder) -> int:
    """What was sold, to the cooperative's managers and sellers; returns how many mails."""
    if vendor_order.notified_at or not is_news(vendor_order.order.placed_at):
        return 0
    scope = CooperativeScope(vendor_order.cooperative_id)
    members = (
        Membership.objects.within(scope)
        .exclude(role="accountant")
        .filter(has_proven_address(), user__is_active=True)
        .select_related("user")
    )
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
    with translation.override(user.language):
        _send(
            user.email,
            user.language,
            _("New order %(number)s") % {"number": vendor_order.number},
            "cooperative_new_order",
            {
                "vendor_order": vendor_order,
                "part": _part(vendor_order, user.language),
                "name": user.name,
                "goods": Format(user.language, market).money(
                    vendor_order.goods_minor, vendor_order.currency
                ),
                "ship_by": Format(user.language, market).day(vendor_order.ship_by_on),
                "link": f"{settings.PUBLIC_URL}/portal/{slug}/orders/{vendor_order.pk}/",
            },
        )


def _part(vendor_order: VendorOrder, language: str) -> dict[str, Any]:
    """A vendor order as text: who, what, when."""
    names = {text.language: text.name for text in vendor_order.cooperative.texts.all()}
    days = ""
    if vendor_order.promised_from_on and vendor_order.promised_to_on:
        written = Format(language, vendor_order.order.market)
        days = written.day_range(vendor_order.promised_from_on, vendor_order.promised_to_on)
    return {
        "cooperative": names.get(language) or vendor_order.cooperative.legal_name,
        "lines": [(line.quantity, line.title_in(language)) for line in vendor_order.lines.all()],
        "days": days,
    }


def _send(
    recipient: str, language: str, subject: str, template: str, context: dict[str, Any]
) -> None:
    direction = Format(language).direction
    context = {**context, "language": language, "direction": direction, "subject": subject}
    send_mail(
        to=recipient,
        language=language,
        subject=subject,
        text=render_to_string(f"orders/mail/{template}.txt", context),
        html=render_to_string(f"orders/mail/{template}.html", context),
    )
