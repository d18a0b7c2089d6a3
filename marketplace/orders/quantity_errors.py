"""More of a product than the engine lets one order hold, with a message for the buyer."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError
from marketplace.core.word_lists import listed
from marketplace.orders.stock_shortages import Shortage


class ShortLines(TwizaError):
    """Some lines cannot be had as they are wanted: ``short`` names them, with what can be."""

    def __init__(self, short: Sequence[Shortage]) -> None:
        self.short = short
        self.titles = [line.title for line in short]
        super().__init__(titles=listed(short))


class AboveOrderLimit(TwizaError):
    """More of a product than one order may hold; ``most`` says how many."""

    code = "above_order_limit"
    message = _(
        "At most %(most)s of this product in one order. Ask the cooperative if you need more."
    )


class TooManyForOneOrder(ShortLines):
    """More than one order may hold, by the engine's limit: ``short`` names the lines, and it."""

    code = "too_many_for_one_order"
    message = _(
        "One order may not hold that many: %(titles)s. Nothing was charged. Change the quantity, "
        "or ask the cooperative for more."
    )
