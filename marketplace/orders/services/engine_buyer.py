"""Taking a buyer out of the engine's copy of an order."""

from marketplace.orders.address import Address
from marketplace.orders.engine_address import address_input
from marketplace.orders.models import Order
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import OrderUpdateInput
from marketplace.saleor.gateway import app_client

# An address of mail that can belong to nobody (RFC 2606).
NOBODY = "erased@erased.invalid"
_NO_STREET = "–"


def erase_at_engine(*, order: Order) -> None:
    """Let the engine's order name nobody: no name, street, telephone or address of mail.

    The engine checks addresses by their country, so town and postal code stay there. A given
    address of mail also ends the link to an account that the engine may have. Repeating it changes
    nothing, nor does an order that the engine no longer has. Raises EngineUnavailable and
    EngineRefused.
    """
    known = ids.find_global_id(ids.ORDER, order.pk)
    if known is None:
        return
    kept = order.address
    address = address_input(_nobodys(kept)) if kept else None
    found = (
        app_client()
        .update_order_buyer(
            known,
            OrderUpdateInput(userEmail=NOBODY, billingAddress=address, shippingAddress=address),
        )
        .order_update
    )
    if found is None or any(error.code == "NOT_FOUND" for error in found.errors):
        return
    accepted(found)


def _nobodys(address: Address) -> Address:
    return address.model_copy(update={"name": "", "phone": "", "line1": _NO_STREET, "line2": ""})
