"""Remind buyers of orders that are ready: before the last day, and once after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import BuyerNotice, Collection, VendorOrderState
from marketplace.orders.services.buyer_notices import Notice, tell_buyer
from marketplace.orders.services.mail_parts import named
from marketplace.orders.services.pickup_words import how_to_collect
from vendors.scoping import Crossing

# So long before the last day.
BEFORE = timedelta(days=1)
# What has waited longer than this after its last day is no news to anybody.
LOOKED_BACK = timedelta(days=14)
AT_ONCE = 500


def remind_to_collect(*, now: datetime | None = None) -> int:
    """Tell buyers whose orders wait; returns how many."""
    now = now or timezone.now()
    rows = Collection.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        vendor_order__state=VendorOrderState.CONFIRMED,
        ready_at__isnull=False,
        # A day more on both sides: in which zone it is that day is asked below.
        keep_until_on__range=((now - LOOKED_BACK).date(), (now + 2 * BEFORE).date()),
    )
    waiting = rows.select_related("offer", "vendor_order__order", "vendor_order__cooperative")
    by_key = {_key(row, now): row for row in waiting.order_by("keep_until_on")}
    by_key.pop("", None)
    for key in BuyerNotice.objects.filter(key__in=by_key).values_list("key", flat=True):
        del by_key[key]
    return sum(_tell(key, row) for key, row in list(by_key.items())[:AT_ONCE])


def _key(row: Collection, now: datetime) -> str:
    """Of what it is time to tell; empty for nothing."""
    today, last = timezone.localdate(now, row.vendor_order.order.zone), row.keep_until_on
    if last is None or today < last - BEFORE:
        return ""
    return f"pickup-over:{row.pk}" if today > last else f"pickup-remind:{row.pk}"


def _tell(key: str, row: Collection) -> bool:
    order = row.vendor_order.order

    def write(written: Format, _new: Sequence[str]) -> Notice:
        facts = named(row.vendor_order)
        if key.startswith("pickup-over"):
            return Notice(
                _("Your order %(number)s is still waiting for you") % facts,
                [
                    _(
                        "You have not collected it, and the last day is over. Write to "
                        "%(cooperative)s on the page of your order: it may cancel the order, and "
                        "you get your money back."
                    )
                    % facts
                ],
                how_to_collect(row, written),
            )
        return Notice(
            _("Do not forget to collect your order %(number)s") % facts,
            [_("%(cooperative)s still has it for you.") % facts],
            how_to_collect(row, written),
        )

    return tell_buyer(order, [key], write)
