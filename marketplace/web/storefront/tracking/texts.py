"""The state of an order and of its parcels, in texts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.formats import Format
from marketplace.core.word_lists import listed
from marketplace.orders.models import PaymentMethod
from marketplace.orders.queries import OrderTracking, TrackedParcel
from marketplace.orders.queries.pickup import TrackedPickup
from marketplace.web.ui.components import Happening

BADGES = {
    "preparing": ("warn", "package"),
    "on_the_way": ("info", "truck"),
    "ready": ("ok", "store"),
    "handed_over": ("info", "package-check"),
    "delivered": ("ok", "check"),
    "came_back": ("bad", "undo-2"),
    "cancelled": ("bad", "circle-x"),
}


def title(parcels: Iterable[TrackedParcel]) -> str:
    """``1 parcel has arrived, 2 parcels are on their way``."""
    counts = Counter(parcel.state for parcel in parcels)
    return listed(_phrase(state, counts[state]) for state in BADGES if counts[state])


def _phrase_of_collected(state: str, n: int) -> str:
    number = {"n": n}
    if state == "ready":
        ready = ngettext("one parcel is ready for you", "%(n)s parcels are ready for you", n)
        return ready % number
    return ngettext("one parcel was handed over", "%(n)s parcels were handed over", n) % number


def _phrase(state: str, n: int) -> str:
    if state in {"ready", "handed_over"}:
        return _phrase_of_collected(state, n)
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


def badge_text(parcel: TrackedParcel, tracking: OrderTracking, written: Format) -> str:
    """The badge beside a parcel's name."""
    ended = {
        "delivered": _("Arrived"),
        "came_back": _("Returned to sender"),
        "cancelled": _("Cancelled"),
        "ready": _("Ready to collect"),
        "handed_over": _("Handed over"),
    }
    if parcel.state in ended:
        return ended[parcel.state]
    if tracking.awaits_transfer:
        return _("Awaiting your transfer")
    if parcel.is_late:
        return _("Late")
    if parcel.pickup:
        return _("Being prepared")
    if parcel.from_on and parcel.to_on:
        return written.day_range(parcel.from_on, parcel.to_on)
    return _("On its way") if parcel.state == "on_the_way" else _("Being prepared")


def timeline(
    parcel: TrackedParcel, tracking: OrderTracking, written: Format, *, is_paid: bool
) -> list[Happening]:
    """What has happened to a parcel and what comes next, in order; ``is_paid`` in advance."""
    moment = _LocalTime(written, tracking.order.zone)
    placed = _placed(parcel, tracking, is_paid=is_paid)
    found = [Happening(placed, moment(parcel.placed_at), "done", "check")]
    if parcel.state == "cancelled":
        at, why = moment(parcel.cancelled_at), parcel.why_cancelled
        return [*found, Happening(_("Cancelled"), at, "now", "circle-x", note=why)]
    if parcel.pickup:
        return [*found, *_collecting(parcel, parcel.pickup, tracking, moment)]
    if parcel.shipped_at is None:
        found.append(_preparing(parcel, tracking, moment))
        found.append(Happening(_("Carrier collects the parcel"), "", "next", "truck"))
    else:
        sent = moment(parcel.shipped_at)
        found.append(Happening(_("Packed by the cooperative"), "", "done", "check"))
        found.append(Happening(_("Handed over to the carrier"), sent, "done", "check"))
    found.append(_arrival(parcel, moment))
    if parcel.quantity_back:
        found.append(Happening(_("The cooperative has received your return"), "", "done", "undo-2"))
    return found


def _collecting(
    parcel: TrackedParcel, pickup: TrackedPickup, tracking: OrderTracking, moment: "_LocalTime"
) -> list[Happening]:
    """From being prepared to being collected."""
    if parcel.shipped_at is None and pickup.ready_at is None:
        first = _preparing(parcel, tracking, moment)
        day = moment.written.day(parcel.to_on) if parcel.to_on else ""
        return [first, Happening(_("You collect it"), day, "next", "store")]
    found = []
    if pickup.ready_at:
        found.append(Happening(_("Ready to collect"), moment(pickup.ready_at), "done", "check"))
    if parcel.state == "delivered":
        at = moment(parcel.delivered_at)
        found.append(Happening(_("Collected"), at, "done", "check"))
    elif parcel.state == "handed_over":
        at = moment(parcel.shipped_at)
        found.append(Happening(_("Handed over without your code"), at, "now", "store"))
    elif parcel.state == "came_back":
        found.append(Happening(_("Returned to the cooperative"), "", "now", "undo-2"))
    else:
        found.append(Happening(_("You collect it"), "", "now", "store"))
    if parcel.quantity_back:
        found.append(Happening(_("The cooperative has received your return"), "", "done", "undo-2"))
    return found


def _placed(parcel: TrackedParcel, tracking: OrderTracking, *, is_paid: bool) -> str:
    if parcel.state in {"cancelled", "came_back"}:
        return _("Order placed and paid") if is_paid else _("Order placed")
    if tracking.order.payment_method == PaymentMethod.CASH:
        return _("Order placed, to be paid on delivery")
    if tracking.awaits_transfer:
        return _("Order placed, awaiting your transfer")
    return _("Order placed and paid") if is_paid else _("Order placed")


def _preparing(parcel: TrackedParcel, tracking: OrderTracking, moment: "_LocalTime") -> Happening:
    if tracking.awaits_transfer:
        label = _("The cooperative is notified when your transfer has arrived")
        return Happening(label, "", "now", "clock")
    label = (
        _("The cooperative is preparing it")
        if parcel.confirmed_at
        else _("The cooperative has been notified")
    )
    return Happening(label, moment(parcel.confirmed_at), "now", "package")


def _arrival(parcel: TrackedParcel, moment: "_LocalTime") -> Happening:
    if parcel.state == "delivered" and parcel.delivered_at:
        return Happening(_("Arrived"), moment(parcel.delivered_at), "done", "check")
    if parcel.state == "came_back":
        return Happening(_("Returned to the cooperative"), "", "now", "undo-2")
    days = ""
    if parcel.from_on and parcel.to_on:
        days = moment.written.day_range(parcel.from_on, parcel.to_on)
    state = "now" if parcel.state == "on_the_way" else "next"
    return Happening(_("Delivery"), days, state, "house")


@dataclass(frozen=True)
class _LocalTime:
    """Writes moments on the clock of the order's market."""

    written: Format
    zone: ZoneInfo

    def __call__(self, moment: datetime | None) -> str:
        return self.written.moment(moment, zone=self.zone) if moment else ""
