"""The figures of the numbers, each beside that of the period before."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.core.formats import Format
from marketplace.direct_sales.queries.numbers import Numbers
from marketplace.web.ui.components import Tile


def tiles(now: Numbers, before: Numbers, form: Format) -> list[Tile]:
    """In words that need no reading twice: all, through the shop, directly, and how many."""

    def money(label: str, minor: int, earlier: int) -> Tile:
        told = form.money(earlier, now.currency, trim=True)
        trend, direction = _trend(minor, earlier, form)
        return Tile(
            label,
            amount_minor=minor,
            currency=now.currency,
            trend=trend,
            direction=direction,
            note=_before(told),
        )

    def count(label: str, number: int, earlier: int) -> Tile:
        trend, direction = _trend(number, earlier, form)
        return Tile(
            label,
            value=form.number(number),
            trend=trend,
            direction=direction,
            note=_before(form.number(earlier)),
        )

    return [
        money(_("Sold in all"), now.total_minor, before.total_minor),
        money(_("Through the shop"), now.shop_minor, before.shop_minor),
        money(_("Direct sales"), now.direct_minor, before.direct_minor),
        count(_("Orders in the shop"), now.orders, before.orders),
        count(pgettext("numbers", "Number of direct sales"), now.direct, before.direct),
    ]


def _before(told: str) -> str:
    return _("before: %(value)s") % {"value": told}


def _trend(now: int, before: int, form: Format) -> tuple[str, str]:
    """The change in per cent and its direction; none where there was nothing before."""
    if not before or now == before:
        return "", ""
    ratio = Decimal(now - before) / before
    sign = "+" if now > before else "−"
    return f"{sign}{form.percent(abs(ratio))}", "up" if now > before else "down"
