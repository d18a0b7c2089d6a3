"""Which lines of a refused checkout a button takes fewer of, or goes on without."""

from marketplace.core.errors import TwizaError
from marketplace.orders.errors import NotEnoughInStock
from marketplace.orders.price_offer_errors import PriceOfferNotInStock
from marketplace.orders.quantity_errors import TooManyForOneOrder
from marketplace.orders.stock_shortages import Shortage


def short_lines(refused: TwizaError) -> list[Shortage]:
    """The lines of which a button takes fewer; none of an offer to one buyer."""
    if not isinstance(refused, NotEnoughInStock | TooManyForOneOrder):
        return []
    if isinstance(refused, PriceOfferNotInStock):
        return []
    return [line for line in refused.short if line.left is not None]
