"""What of a new order its buyer collects, as the engine's delivery method says."""

from marketplace.orders.models import Collection, VendorOrder
from marketplace.orders.pickup import offers_by_id
from marketplace.orders.services.engine_orders.snapshot import ParcelQuote
from marketplace.orders.typed_codes import new_code


def note_collection(draft: VendorOrder, quote: ParcelQuote | None) -> None:
    """Keep with a draft that it is collected, with a new code for its buyer.

    An offer of another cooperative is none: the parcel is then sent.
    """
    if quote is None or not quote.pickup_id:
        return
    offer = offers_by_id([quote.pickup_id]).get(quote.pickup_id)
    if offer is not None and offer.cooperative_id == draft.cooperative_id:
        Collection(vendor_order=draft, offer=offer, code=new_code())
