"""Buyers are asked by e-mail for a review, once for each order, unless they do not want to be."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.buyer_keys import email_key
from marketplace.orders.models import BuyerNotice, Order, Parcel, ParcelState, VendorOrderLine
from marketplace.orders.services.buyer_notices import Notice, tell_buyer
from marketplace.reviews.eligibility import received_lines
from marketplace.reviews.models import NoReviewMail, Review
from marketplace.reviews.times import ASK_AFTER, ASK_UNTIL, days_of
from vendors.scoping import Crossing

KEY = "review"


def ask_for_reviews(*, now: datetime | None = None) -> int:
    """Ask the buyers of orders that arrived some days ago, with nothing on its way any more.

    Returns how many were asked.
    """
    now = now or timezone.now()
    refused = {row.email.casefold() for row in NoReviewMail.objects.all()}
    orders = _arrived(now).exclude(email="")
    return sum(_ask(order) for order in orders if order.email.casefold() not in refused)


def ask_no_more(order: Order) -> None:
    """The buyer of an order is not asked for reviews by e-mail, of this order or another."""
    if order.email:
        email = order.email.strip()
        NoReviewMail.objects.get_or_create(key=email_key(email), defaults={"email": email})


def ask_again(order: Order) -> None:
    """Undo ``ask_no_more``."""
    if order.email:
        NoReviewMail.objects.filter(key=email_key(order.email)).delete()


def is_asked(order: Order) -> bool:
    """Whether the buyer of an order may be asked."""
    return not NoReviewMail.objects.filter(key=email_key(order.email)).exists()


def _arrived(now: datetime) -> QuerySet[Order]:
    """Orders whose last parcel arrived in the span of days in which their buyers are asked."""
    rows = Parcel.objects.crossing(Crossing.SCHEDULED_JOB)
    parcels = rows.filter(vendor_order__order=OuterRef("pk"))
    arrived = parcels.filter(
        state=ParcelState.DELIVERED,
        delivered_at__gt=now - days_of(ASK_UNTIL, now.date()),
    )
    until = now - days_of(ASK_AFTER, now.date())
    too_new = parcels.filter(delivered_at__gt=until)
    under_way = parcels.filter(state=ParcelState.SHIPPED)
    told = BuyerNotice.objects.filter(order=OuterRef("pk"), key=KEY)
    return Order.objects.filter(
        Exists(arrived), ~Exists(too_new), ~Exists(under_way), ~Exists(told)
    ).order_by("placed_at")


def _ask(order: Order) -> bool:
    lines = _unreviewed(order)
    if not lines:
        return False

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        return Notice(
            _("How do you like what you bought? Order %(number)s") % {"number": order.number},
            [
                _(
                    "Your parcels have arrived. Other buyers and the cooperative would like to "
                    "know how you like what was in them: stars, a few words, a photo."
                ),
                _(
                    "We ask once for each order. On the page you can also say that you do not want "
                    "to be asked by e-mail."
                ),
            ],
            [line.title_in(order.language) for line in lines],
            place="reviews/",
        )

    return tell_buyer(order, [KEY], write)


def _unreviewed(order: Order) -> list[VendorOrderLine]:
    lines = received_lines(order)
    rows = Review.objects.crossing(Crossing.SCHEDULED_JOB)
    known = rows.filter(line__in=[line.pk for line in lines]).values_list("line_id", flat=True)
    reviewed = set(known)
    return [line for line in lines if line.pk not in reviewed]
