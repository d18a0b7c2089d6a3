"""Net quantities ("500 g") in the reader's language, and the price of one kilogram or litre."""

import re
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

_QUANTITY = re.compile(
    r"^\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>kg|g|ml|cl|l)\s*$", re.IGNORECASE
)
# Unit → (base unit, how many base units of a thousandth: grams of a kilogram, ml of a litre)
_THOUSANDTHS = {
    "kg": ("kg", 1000),
    "g": ("kg", 1),
    "l": ("L", 1000),
    "cl": ("L", 10),
    "ml": ("L", 1),
}
NAMES = {
    "kg": _("kg"),
    "g": _("g"),
    "L": _("L"),
    "l": _("L"),
    "cl": _("cl"),
    "ml": _("ml"),
}
# Below this the price is given by the gram, as for saffron.
_BY_THE_GRAM = 50


@dataclass(frozen=True)
class UnitPrice:
    """The price of one ``unit`` (kg, L or g), in minor units of the price's currency."""

    amount_minor: int
    unit: str


def unit_price(amount_minor: int, net_quantity: str) -> UnitPrice | None:
    """The price of a kilogram or litre; None when the quantity is not a weight or volume."""
    match = _QUANTITY.match(net_quantity)
    if not match:
        return None
    base, factor = _THOUSANDTHS[match["unit"].lower()]
    thousandths = Fraction(match["number"].replace(",", ".")) * factor
    if not thousandths:
        return None
    if base == "kg" and thousandths < _BY_THE_GRAM:
        return UnitPrice(round(amount_minor / thousandths), "g")
    return UnitPrice(round(amount_minor * 1000 / thousandths), base)


def quantity_text(net_quantity: str) -> str:
    """The quantity with its unit in the reader's language: ``500 غ``."""
    match = _QUANTITY.match(net_quantity)
    if not match:
        return net_quantity
    unit = match["unit"].lower()
    return f"{match['number']}\u00a0{NAMES['L' if unit == 'l' else unit]}"
