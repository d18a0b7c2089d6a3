"""The state of an order and of its parcels, in texts."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import PaymentMethod
from marketplace.orders.queries import OrderTracking, TrackedParcel
from marketplace.web.ui.components import Happening

TIME_ZONES = {
    "ma": "Africa/Casablanca",
    "eg": "Africa/Cairo",
    "tn": "Africa/Tunis",
    "sn": "Africa/Dakar",
    "jo": "Asia/Amman",
    "eu": "Europe/Paris",
}
BADGES = {
    "preparing": ("warn", "package"),
    "on_the_way": ("info", "truck"),
    "delivered": ("ok", "check"),
    "came_back": ("bad", "undo-2"),
    "cancelled": ("bad", "circle-x"),
}


def title(parcels: Iterable[TrackedParcel]) -> str:
    """``1 parcel has arrived, 2 parcels are on their way``."""
    counts = Counter(parcel.state for parcel in parcels)
    joint = "، " if get_language() == "ar" else ", "
    return joint.join(_phrase(state, counts[state]) for state in BADGES if counts[state])


def _phrase(state: str, n: int) -> str:
    number = {"n": n}
    if state == "preparing":
        return (
            ngettext("one parcel is being prepared", "%(n)s parcels are being prepared", n) % number
        )
    if state == "on_the_way":
        return ngettext("one parcel is on its way", "%(n)s parcels are on their way", n) % number
    if state == "delivered":
        return ngettext("one parcel has arrived", "%(n)s parcels have arrived", n) % number
    if state == "came_back":
        return ngettext("one parcel was returned", "%(n)s parcels were returned", n) % number
    return ngettext("one parcel was cancelled", "%(n)s parcels were cancelled", n) % number


def badge_text(parcel: TrackedParcel, written: Format) -> str:
    """The badge beside a parcel's name."""
    if parcel.state == "delivered":
        return _("Arrived")
    if parcel.state == "came_back":
        return _("Returned to sender")
    if parcel.state == "cancelled":
        return _("Cancelled")
    if parcel.is_late:
        return _("Late")
    if parcel.from_on and parcel.to_on:
        return written.day_range(parcel.from_on, parcel.to_on)
    return _("On its way") if parcel.state == "on_the_way" else _("Being prepared")


def timeline(parcel: TrackedParcel, tracking: OrderTracking, written: Format) -> list[Happening]:
    """What has happened to a parcel and what comes next, in order."""
    on_delivery = tracking.order.payment_method == PaymentMethod.CASH
    placed = (
        _("Order placed, to be paid on delivery") if on_delivery else _("Order placed and paid")
    )
    if tracking.order.awaits_transfer:
        placed = _("Order placed, awaiting your transfer")
    found = [Happening(placed, _moment(written, parcel.placed_at), "done", "check")]
    if parcel.state == "cancelled":
        return [*found, Happening(_("The cooperative cannot send it"), "", "now", "circle-x")]
    if parcel.shipped_at is None:
        found.append(_preparing(parcel, written))
        found.append(Happening(_("Carrier collects the parcel"), "", "next", "truck"))
    else:
        sent = _moment(written, parcel.shipped_at)
        found.append(Happening(_("Packed by the cooperative"), "", "done", "check"))
        found.append(Happening(_("Handed over to the carrier"), sent, "done", "check"))
    found.append(_arrival(parcel, written))
    return found


def _preparing(parcel: TrackedParcel, written: Format) -> Happening:
    seen = _moment(written, parcel.confirmed_at) if parcel.confirmed_at else ""
    label = (
        _("The cooperative is preparing it")
        if parcel.confirmed_at
        else _("The cooperative has been notified")
    )
    return Happening(label, seen, "now", "package")


def _arrival(parcel: TrackedParcel, written: Format) -> Happening:
    if parcel.state == "delivered" and parcel.delivered_at:
        return Happening(_("Arrived"), _moment(written, parcel.delivered_at), "done", "check")
    if parcel.state == "came_back":
        return Happening(_("Returned to the cooperative"), "", "now", "undo-2")
    days = ""
    if parcel.from_on and parcel.to_on:
        days = written.day_range(parcel.from_on, parcel.to_on)
    state = "now" if parcel.state == "on_the_way" else "next"
    return Happening(_("Delivery"), days, state, "house")


def _moment(written: Format, moment: datetime) -> str:
    """A moment on the clock of the market."""
    return written.moment(moment, zone=ZoneInfo(TIME_ZONES.get(written.market, "UTC")))


def where_the_money_is(tracking: OrderTracking) -> str:
    """A sentence on the money, which is what a buyer fears for."""
    if tracking.order.awaits_transfer:
        return _("Your transfer has not arrived yet. Your items are reserved until then.")
    if tracking.order.payment_method == PaymentMethod.CASH:
        return _("You pay the courier when a parcel arrives. Nothing has been charged yet.")
    states = tracking.states
    if states == {"delivered"}:
        return _("Everything has arrived, so the cooperatives are paid.")
    if "delivered" in states:
        return _(
            "The cooperatives are paid for the parcels that have arrived. "
            "The rest is held until you receive it."
        )
    return _("Your payment is held until the parcels have arrived. Then the cooperatives are paid.")
