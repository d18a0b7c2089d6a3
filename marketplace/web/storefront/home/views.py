"""The first page: people, listings in season, cooperatives, the division of the price."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import queries as catalog
from catalog.categories import CATEGORIES
from catalog.errors import UnknownMarket
from catalog.markets import MARKETS, market_of
from catalog.queries.shop import OfType
from marketplace.web.storefront import cooperatives
from marketplace.web.storefront.cards import product_card, varied
from marketplace.web.storefront.home import people_first
from marketplace.web.storefront.page_heads import heads
from marketplace.web.storefront.paying import methods_of
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.ui.components import ProductCard

ON_HOME = 8
# More than are shown, so that one cooperative's new listings do not fill the page.
ASKED_FOR = 40


@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """``/``: redirects to the first market, in the reader's language."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)[:2]
    return redirect("storefront:home", market=MARKETS[0].code, language=language)


@require_safe
@shop_view
def change_market(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Move to another market, in the same language."""
    try:
        market = market_of(request.GET.get("market", ""))
    except UnknownMarket:
        market = shop.market
    return redirect("storefront:home", market=market.code, language=shop.language)


@require_safe
@shop_view
def show_home(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The first page of a market."""
    filled = catalog.categories_in(shop.market)
    season = catalog.season(shop.market, ASKED_FOR)
    shown = season if len(season) >= ON_HOME // 2 else catalog.newest(shop.market, ASKED_FOR)
    week = people_first.of_the_week(shop)
    context = {
        "head": heads.home(shop),
        "categories": [
            (
                category.name(shop.language),
                category.illustration,
                shop.url("category", slug=category.slug),
            )
            for category in CATEGORIES
            if category.slug in filled
        ],
        "goods": _cards(shop, varied(shown, ON_HOME)),
        "goods_title": _("In season this month") if shown is season else _("New in the shop"),
        "week": week,
        "gifts": people_first.gifts(shop),
        "regions": people_first.regions(shop),
        "cooperatives": cooperatives.some_cards(shop, 3, without=week.slug if week else ""),
        "cooperative_count": cooperatives.how_many(),
        "methods": methods_of(shop.market),
    }
    return render(request, "storefront/home/home.html", context)


def _cards(shop: Shop, shown: list[OfType]) -> list[ProductCard]:
    pages = catalog.listing_pages([each.listing_id for each in shown], shop.market)
    return [product_card(shop, page) for page in pages]
