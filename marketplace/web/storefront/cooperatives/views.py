"""The directory of cooperatives, and the page of each."""

from operator import itemgetter
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import queries as catalog
from marketplace.conversations.answer_times import usual_answer_hours
from marketplace.favourites.following import follows
from marketplace.orders.free_delivery import free_from
from marketplace.orders.pickup import offers_in
from marketplace.web.numbers import whole_number
from marketplace.web.storefront.cards import product_card
from marketplace.web.storefront.cooperatives.cards import cards, crest_of
from marketplace.web.storefront.page_heads import catalogue_heads, heads
from marketplace.web.storefront.reviews.latest import latest_of_cooperative
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.ui.components import Crumb
from search.cooperatives import cooperatives_named
from vendors import geography
from vendors import queries as vendors
from vendors.accounts import User
from vendors.models import Kind
from vendors.sectors import SECTORS

_LONGEST_TEXT = 80


@require_safe
@shop_view
def show_cooperatives(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Published cooperatives, filtered by name, country, region, craft and kind."""
    text = request.GET.get("q", "")[:_LONGEST_TEXT].strip()
    chosen = vendors.DirectoryFilters(
        country=request.GET.get("country", "")[:2],
        region=request.GET.get("region", "")[:8],
        sector=request.GET.get("sector", "")[:40],
        kind=request.GET.get("kind", "")[:10],
        among=cooperatives_named(text) if text else None,
    )
    page = vendors.public_directory(
        chosen,
        language=shop.language,
        countries=shop.market.country_codes,
        page=_page(request.GET.get("page", "")),
    )
    trail = [Crumb(_("Home"), shop.url("home")), Crumb(_("Cooperatives"))]
    is_first_page = chosen == vendors.DirectoryFilters() and page.number == 1
    context = {
        "head": heads.directory(shop, trail, is_first_page=is_first_page),
        "chosen": chosen,
        "chosen_count": _chosen_count(text, chosen),
        "text": text,
        "page": page,
        "items": cards(shop, page.object_list),
        "countries": _countries(shop),
        "sectors": SECTORS.items(),
        "kinds": Kind.choices,
        "trail": trail,
    }
    return render(request, "storefront/cooperatives/cooperatives.html", context)


def _chosen_count(text: str, chosen: vendors.DirectoryFilters) -> int:
    """How many filters narrow the list."""
    return sum(map(bool, (text, chosen.country, chosen.region, chosen.sector, chosen.kind)))


def _countries(shop: Shop) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Countries with cooperatives, each with its regions; codes and names, the buyer's first."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for code in vendors.public_regions():
        name = geography.region_name(code, shop.language)
        regions.setdefault(geography.country_of(code), []).append((code, name))
    named = [
        (code, shop.format.country(code), sorted(regions.get(code, []), key=itemgetter(1)))
        for code in vendors.public_countries()
    ]
    return sorted(named, key=lambda each: (each[0] not in shop.market.country_codes, each[1]))


@require_safe
@shop_view
def show_cooperative(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """A cooperative's profile, listings and quality marks."""
    profile = vendors.public_profile(slug, shop.language)
    if profile is None:
        raise Http404
    page = catalog.of_cooperative(slug, shop.market, _page(request.GET.get("page", "")))
    trail = [
        Crumb(_("Home"), shop.url("home")),
        Crumb(_("Cooperatives"), shop.url("cooperatives")),
        Crumb(profile.name),
    ]
    own = profile.cooperative.pk
    context = {
        "head": catalogue_heads.cooperative(shop, profile, trail, is_first_page=page.number == 1),
        "profile": profile,
        "cooperative": profile.cooperative,
        "is_followed": _is_followed(request, profile.cooperative.pk),
        "reply_hours": usual_answer_hours(profile.cooperative.pk),
        "reviews": latest_of_cooperative(shop, profile.cooperative),
        "sold_by": vendors.legal_identity(profile.cooperative, shop.language, timezone.localdate()),
        "free_from_minor": free_from([own], shop.market.code).get(own),
        "pickup": offers_in([own], shop.market.code).get(own),
        "crest": crest_of(profile.cooperative.sector),
        "page": page,
        "items": [product_card(shop, listing) for listing in page.object_list],
        "trail": trail,
    }
    return render(request, "storefront/cooperatives/cooperative.html", context)


def _is_followed(request: HttpRequest, cooperative_id: UUID) -> bool:
    user = request.user
    return isinstance(user, User) and follows(user, cooperative_id)


def _page(text: str) -> int:
    return whole_number(text) or 1
