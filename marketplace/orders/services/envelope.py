"""The delivery address of an order as on an envelope, for its mails."""

from marketplace.core.formats import Format
from marketplace.orders.models import Order


def envelope(order: Order) -> list[str]:
    """The address line by line, with the country in the order's language; nothing once erased."""
    address = order.address
    if address is None:
        return []
    written = Format(order.language, order.market)
    return [address.name, *address.lines(), written.country(address.country_code)]
