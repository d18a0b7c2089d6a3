"""Whole addresses of the shop's pages, and the same page in every language and market.

They begin with the public address of the settings, never with the host that a request names.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from catalog.markets import MARKETS, Market
from marketplace.web.ui.page_head import Alternate

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
# For readers of none of the languages and markets that a page names.
ANYBODY = "x-default"


def whole(path: str) -> str:
    """A path of ours as a whole address."""
    return f"{settings.PUBLIC_URL}{path}"


def page_address(name: str, market: Market, language: str, **filling: str) -> str:
    """The whole address of one of the shop's pages."""
    path = _path(name, market.code, language, tuple(filling))
    for field, text in filling.items():
        path = path.replace(_stand_in(field), quote(text))
    return whole(path)


@cache
def _path(name: str, market: str, language: str, fields: tuple[str, ...]) -> str:
    """The path with a stand-in for each field: sitemaps and feeds have millions of addresses."""
    filling = {field: _stand_in(field) for field in fields}
    return reverse(f"storefront:{name}", kwargs={"market": market, "language": language, **filling})


def _stand_in(field: str) -> str:
    return f"0-{field}-0"


def locale_of(market: Market, language: str) -> str:
    """``fr_MA``: a language and the country whose buyers are thought of first."""
    return f"{language}_{market.default_country}"


def alternates(name: str, markets: Iterable[Market] = MARKETS, **filling: str) -> list[Alternate]:
    """The same page in all languages and in the markets that show it, named by its readers.

    A market of several countries is named for each of them. Whoever is none of these readers is
    sent to the door of the home page, else to the first of the markets.
    """
    shown = tuple(markets)
    found = list(_alternates(name, shown, filling))
    if found:
        anybodys = page_address(name, shown[0], settings.LANGUAGE_CODE, **filling)
        found.append(Alternate(ANYBODY, whole("/") if name == "home" else anybodys))
    return found


def _alternates(
    name: str, markets: tuple[Market, ...], filling: dict[str, str]
) -> Iterator[Alternate]:
    for market in markets:
        for language in LANGUAGES:
            address = page_address(name, market, language, **filling)
            for country in market.country_codes:
                yield Alternate(f"{language}-{country}", address)
