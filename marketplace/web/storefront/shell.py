"""What every page of the shop shares: market, language, basket, header and footer.

A page is ``@shop_view def page(request, shop, …)`` and renders as usual: the context processor
(``context``) gives the base template what it needs.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.categories import find_category
from catalog.errors import UnknownMarket
from catalog.markets import MARKETS, Market, market_of
from marketplace.core.formats import Format
from marketplace.core.market_usage import speaking
from marketplace.core.public_facts import one_page
from marketplace.legal.models import TextKind
from marketplace.orders import queries as orders
from marketplace.orders.free_delivery import Sums, all_free_from
from marketplace.orders.models import Basket, CheckoutAttempt
from marketplace.orders.services import baskets
from marketplace.web.digits import in_digits_of
from marketplace.web.storefront.returns import returns_title
from marketplace.web.ui.components import Link

NAV = ("honey", "oils", "spices", "dates", "rugs", "tableware", "leather")
BASKET_AGE = 30 * 24 * 3600
# Methods by which a page is only read.
SAFE = {"GET", "HEAD"}


@dataclass(frozen=True)
class Shop:
    """The shop in one request."""

    request: HttpRequest
    market: Market
    language: str

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of one of the shop's pages in this market and language."""
        kwargs |= {"market": self.market.code, "language": self.language}
        return _address(name, tuple(kwargs.items()))

    @property
    def format(self) -> Format:
        """Formats of this market and language."""
        return Format(self.language, self.market.code)

    @property
    def cookie(self) -> str:
        """The name of the basket's cookie: one for each market, as each has its currency."""
        return f"twiza_basket_{self.market.code}"

    @property
    def header(self) -> dict[str, Any]:
        """The values for ``ui/base_shop.html``."""
        return header_of(self)

    @cached_property
    def basket(self) -> Basket | None:
        """The buyer's basket, None before the first line."""
        signed = self.request.get_signed_cookie(self.cookie, default="", salt="basket")
        return orders.find_basket(signed) if signed else None

    @cached_property
    def offer_basket(self) -> Basket | None:
        """What a cooperative offered this buyer alone, once it was accepted in this browser.

        Beside the ordinary basket, which stays as it is.
        """
        signed = self.request.get_signed_cookie(self.offer_cookie, default="", salt="offer")
        found = orders.find_basket(signed) if signed else None
        return found if found and found.price_offer_id else None

    @property
    def offer_cookie(self) -> str:
        """The name of the cookie of an accepted offer's basket."""
        return f"twiza_offer_{self.market.code}"

    @cached_property
    def free_from(self) -> Sums:
        """From which sum of its products each cooperative delivers for free in this market."""
        return all_free_from(self.market.code)

    def own_attempt(self, attempt_id: UUID) -> CheckoutAttempt | None:
        """The checkout, if it is of one of this browser's baskets."""
        own = (self.basket, self.offer_basket)
        found = (orders.find_attempt(attempt_id, basket=basket) for basket in own if basket)
        return next((attempt for attempt in found if attempt), None)

    def basket_to_fill(self) -> Basket:
        """The buyer's basket, created if there is none yet."""
        return self.basket or baskets.open_basket(market=self.market.code, language=self.language)

    def remember(self, response: HttpResponse, basket: Basket) -> HttpResponse:
        """Keep the basket's id in the buyer's browser for thirty days."""
        is_offer = basket.price_offer_id is not None
        response.set_signed_cookie(
            self.offer_cookie if is_offer else self.cookie,
            str(basket.pk),
            salt="offer" if is_offer else "basket",
            max_age=BASKET_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response


# A page has dozens, most of them of the pages before it.
@lru_cache(maxsize=8192)
def _address(name: str, filling: tuple[tuple[str, Any], ...]) -> str:
    return reverse(f"storefront:{name}", kwargs=dict(filling))


ShopPage = Callable[..., HttpResponseBase]


def shop_view(page: ShopPage) -> ShopPage:
    """Give a page its shop, and the clock of its market; 404 for another market or language."""

    @wraps(page)
    def with_shop(
        request: HttpRequest, *, market: str, language: str, **kwargs: Any
    ) -> HttpResponseBase:
        if language not in dict(settings.LANGUAGES):
            raise Http404
        try:
            shop = Shop(request, market_of(market), language)
        except UnknownMarket:
            raise Http404 from None
        request.shop = shop  # type: ignore[attr-defined]
        request.market = shop.market.code  # type: ignore[attr-defined]
        reading = one_page() if request.method in SAFE else nullcontext()
        with timezone.override(shop.market.zone), speaking(language, shop.market.code), reading:
            return in_digits_of(market, page(request, shop, **kwargs))

    return with_shop


def header_of(shop: Shop) -> dict[str, Any]:
    """The values for ``ui/base_shop.html``."""
    path = shop.request.path
    nav = [Link(_("All products"), shop.url("search"))]
    for slug in NAV:
        category = find_category(slug)
        if category:
            nav.append(Link(category.name(shop.language), shop.url("category", slug=slug)))
    nav.append(Link(_("Cooperatives"), shop.url("cooperatives")))
    return {
        "home_url": shop.url("home"),
        "manifest_url": shop.url("manifest"),
        "search_url": shop.url("search"),
        "suggest_url": shop.url("suggest"),
        "query": shop.request.GET.get("q", "")[:200],
        "basket_url": shop.url("basket"),
        "basket_count": orders.basket_count(shop.basket) if shop.basket else 0,
        "account_url": _account_url(shop),
        "account_label": _("Sign in") if _is_stranger(shop) else _("My account"),
        "market_name": shop.market.name,
        "currency_label": shop.format.symbol(shop.market.currency),
        "market_form_url": shop.url("change-market"),
        "markets": [{"code": m.code, "name": m.name, "current": m is shop.market} for m in MARKETS],
        "nav": [Link(link.label, link.url, current=link.url == path) for link in nav],
        "footer": _footer(shop),
    }


def _account_url(shop: Shop) -> str:
    """Where who is signed in sees their orders; others sign in, in the shop's language."""
    if not _is_stranger(shop):
        return shop.url("account")
    page = reverse("account_login")
    return f"{reverse('ui:language', args=[shop.language])}?{urlencode({'next': page})}"


def _is_stranger(shop: Shop) -> bool:
    return not shop.request.user.is_authenticated


def _footer(shop: Shop) -> list[tuple[str, list[Link]]]:
    def page(label: str, slug: str) -> Link:
        return Link(label, shop.url("info", slug=slug))

    return [
        (
            _("Buying"),
            [
                page(_("Delivery and duties"), "delivery"),
                page(returns_title(shop.market.default_country, shop.format), "returns"),
                page(_("Payment methods"), "payment"),
            ],
        ),
        (
            _("Cooperatives"),
            [
                Link(_("All cooperatives"), shop.url("cooperatives")),
                page(_("Where your money goes"), "money"),
                page(_("Register your cooperative"), "join"),
            ],
        ),
        (_("Help"), [page(_("Track an order"), "follow"), page(_("Contact us"), "contact")]),
        (
            _("Legal"),
            [
                *(Link(str(kind.label), shop.url("legal", slug=kind.value)) for kind in TextKind),
                Link(_("My data"), shop.url("data-ask")),
            ],
        ),
    ]
