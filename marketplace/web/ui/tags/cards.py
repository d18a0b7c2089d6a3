"""The tag of a product in a grid: written once for each set of facts that it shows."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.core.market_usage import market_spoken_to
from marketplace.web.ui.components import ProductCard
from marketplace.web.ui.tags.page import market_of
from marketplace.web.ui.tags.pictures import icons_of_page


def product_card(
    context: Context, item: ProductCard, *, level: int = 3, eager: bool = False
) -> SafeString:
    """A product in a grid, under a heading of this level; ``eager`` fetches its picture first.

    A category shows dozens, and most time of its page went into them. A card is found again by
    everything that it says, so it never says what is past.
    """
    icons = icons_of_page(context)
    speech = (get_language() or settings.LANGUAGE_CODE, market_spoken_to())
    written, its_icons = _written(
        item, speech, market_of(context), level=level, eager=eager, collects=icons is not None
    )
    if icons is not None:
        icons.update(its_icons)
    return written


# About 2 kB each.
@lru_cache(maxsize=4096)
def _written(
    item: ProductCard,
    _speech: tuple[str, str],
    market: str,
    *,
    level: int,
    eager: bool,
    collects: bool,
) -> tuple[SafeString, dict[str, str]]:
    """The card in the active language and its market's words, and the icons it needs."""
    # Without a page's request icons are drawn where they stand.
    request = HttpRequest() if collects else None
    facts = {"item": item, "level": level, "eager": eager, "market": market, "request": request}
    written = render_to_string("ui/components/product_card.html", facts)
    return written, (request and icons_of_page(Context({"request": request}))) or {}
