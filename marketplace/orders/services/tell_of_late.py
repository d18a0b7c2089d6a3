"""Tell buyers of parcels that are late: once for each cooperative's part of an order."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import (
    BuyerNotice,
    ParcelState,
    PaymentMethod,
    VendorOrder,
    VendorOrderState,
    collection_of,
)
from marketplace.orders.services.buyer_notices import Notice, tell_buyer
from marketplace.orders.services.mail_parts import cooperative_name
from vendors.scoping import Crossing

# What is later than this when we first look is known to everybody.
LOOKED_BACK = timedelta(days=14)
AT_ONCE = 500
_OPEN = (
    VendorOrderState.PLACED,
    VendorOrderState.CONFIRMED,
    VendorOrderState.PART_SHIPPED,
    VendorOrderState.SHIPPED,
)


def tell_of_late_parcels(*, now: datetime | None = None) -> int:
    """Mail the buyers whose parcels should have arrived by yesterday; returns how many mails."""
    now = now or timezone.now()
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        state__in=_OPEN,
        # A day more on both sides: in which zone it ends is asked below.
        promised_to_on__range=((now - LOOKED_BACK).date(), (now + timedelta(days=1)).date()),
    )
    # Of what is ready to be collected another job reminds.
    rows = rows.exclude(collection__ready_at__isnull=False).select_related(
        "order", "cooperative", "collection"
    )
    waiting = {_key(row): row for row in rows}
    known = BuyerNotice.objects.filter(key__in=waiting).values_list("key", flat=True)
    for key in known:
        del waiting[key]
    return sum(_tell(row, now) for row in list(waiting.values())[:AT_ONCE])


def _key(part: VendorOrder) -> str:
    return f"late:{part.pk}"


def _tell(part: VendorOrder, now: datetime) -> bool:
    order = part.order
    today = timezone.localdate(now, order.zone)
    if part.promised_to_on is None or part.promised_to_on >= today or order.awaits_transfer:
        return False
    sent = [p for p in part.parcels.all() if p.state == ParcelState.SHIPPED]
    # Whoever said that it did not arrive knows, and we ask the carrier already.
    if sent and all(parcel.missed_at for parcel in sent):
        return False

    def write(written: Format, _new: Sequence[str]) -> Notice:
        return _late(part, written, is_sent=bool(sent))

    return tell_buyer(order, [_key(part)], write)


def _late(part: VendorOrder, written: Format, *, is_sent: bool) -> Notice:
    order, day = part.order, part.promised_to_on
    assert day is not None
    facts = {"cooperative": cooperative_name(part, order.language), "day": written.day(day)}
    paragraphs = [
        _("The parcel from %(cooperative)s is late: it was promised for %(day)s.") % facts
    ]
    if collection_of(part) is not None:
        paragraphs = [
            _("%(cooperative)s wanted to have your order ready by %(day)s, and it is not yet.")
            % facts
        ]
    elif is_sent:
        paragraphs.append(
            _(
                "It is with the carrier. If it does not arrive in the next days, tell us on the "
                "page of your order, and we ask the carrier."
            )
        )
    else:
        paragraphs.append(_("The cooperative has not sent it yet."))
    is_cash = order.payment_method == PaymentMethod.CASH
    cash, held = (
        _("You pay only when it arrives."),
        _("The cooperative is not paid before it arrives."),
    )
    subject = _("A parcel of your order %(number)s is late") % {"number": order.number}
    return Notice(subject, [*paragraphs, cash if is_cash else held], _items(part))


def _items(part: VendorOrder) -> Sequence[str]:
    language = part.order.language
    return [f"{line.quantity} × {line.title_in(language)}" for line in part.lines.all()]
