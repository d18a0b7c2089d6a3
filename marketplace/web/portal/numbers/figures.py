"""The figures of the numbers, each beside that of the period before."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.core.formats import Format
from marketplace.direct_sales.queries.numbers import Numbers
from marketplace.web.ui.components import Tile

# This period's and the one before it.
Figure = tuple[int, int]


def tiles(now: Numbers, before: Numbers, form: Format) -> list[Tile]:
    """In words that need no reading twice: all, through the shop, directly, and how many."""

    def tile(label: str, figure: Figure, told: str, **shown: Any) -> Tile:
        trend, direction = _trend(*figure, form)
        note = _("before: %(value)s") % {"value": told}
        return Tile(label, trend=trend, direction=direction, note=note, **shown)

    def money(label: str, minor: int, earlier: int) -> Tile:
        told = form.money(earlier, now.currency, trim=True)
        return tile(label, (minor, earlier), told, amount_minor=minor, currency=now.currency)

    def count(label: str, number: int, earlier: int) -> Tile:
        return tile(label, (number, earlier), form.number(earlier), value=form.number(number))

    return [
        money(_("Sold in all"), now.total_minor, before.total_minor),
        money(_("Through the shop"), now.shop_minor, before.shop_minor),
        money(_("Direct sales"), now.direct_minor, before.direct_minor),
        count(_("Orders in the shop"), now.orders, before.orders),
        count(pgettext("numbers", "Number of direct sales"), now.direct, before.direct),
    ]


def _trend(now: int, before: int, form: Format) -> tuple[str, str]:
    """The change in per cent and its direction; none where there was nothing before."""
    if not before or now == before:
        return "", ""
    ratio = Decimal(now - before) / before
    sign = "+" if now > before else "−"
    return f"{sign}{form.percent(abs(ratio))}", "up" if now > before else "down"
