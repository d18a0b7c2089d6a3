"""What buyers are told of orders that they collect: ready, and handed over without the code."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import Parcel, VendorOrder, VendorOrderState, collection_of
from marketplace.orders.services.buyer_notices import Notice, tell_buyer
from marketplace.orders.services.mail_parts import named
from marketplace.orders.services.pickup_words import how_to_collect
from vendors.scoping import Crossing


def on_ready_to_collect(payload: dict[str, Any]) -> None:
    """OrderReadyToCollect: where, until when and with which code; not once it was cancelled."""
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).select_related(
        "order", "cooperative", "collection__offer"
    )
    part = rows.get(pk=UUID(payload["vendor_order_id"]))
    collection = collection_of(part)
    if collection is None or part.state != VendorOrderState.CONFIRMED:
        return

    def write(written: Format, _new: Sequence[str]) -> Notice:
        facts = named(part)
        return Notice(
            _("Your order %(number)s is ready to be collected") % facts,
            [_("%(cooperative)s has your order ready for you.") % facts],
            how_to_collect(collection, written),
            in_short=_("Your code: %(code)s") % {"code": collection.code},
        )

    tell_buyer(part.order, [f"pickup-ready:{part.pk}"], write)


def tell_of_hand_over(parcel: Parcel) -> bool:
    """Tell the buyer that the cooperative says that it handed an order over, without the code."""
    part = parcel.vendor_order

    def write(_written: Format, _new: Sequence[str]) -> Notice:
        facts = named(part)
        return Notice(
            _("Did you collect your order %(number)s?") % facts,
            [
                _("%(cooperative)s says that it handed the order over to you without your code.")
                % facts,
                _(
                    "If you have it, please confirm it on the page of your order: the cooperative "
                    "is paid only then. If you do not have it, say so there."
                ),
            ],
        )

    return tell_buyer(part.order, [f"pickup-handed-over:{parcel.pk}"], write)
