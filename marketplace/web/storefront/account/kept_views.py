"""Favourites, and waiting for a product that is sold out: for who is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog import queries as catalog
from catalog.models import ListingPage
from marketplace.core.errors import TwizaError
from marketplace.favourites import queries, services
from marketplace.web.numbers import whole_number
from marketplace.web.storefront.account.signed_in import user_of
from marketplace.web.storefront.cards import product_card
from marketplace.web.storefront.shell import Shop, shop_view


@never_cache
@require_safe
@login_required
@shop_view
def show_favourites(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The products that the account keeps, as far as this market sells them."""
    number = whole_number(request.GET.get("page", "")) or 1
    page, listings = queries.favourites(user_of(request), shop.market, number)
    context = {
        "page": page,
        "items": [product_card(shop, listing) for listing in listings],
        "not_sold_here": len(page.object_list) - len(listings),
    }
    return render(request, "storefront/account/favourites.html", context)


@require_POST
@login_required
@shop_view
def change_favourite(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """Keep a product, or no longer."""
    listing, user = _listing(shop, slug), user_of(request)
    if "remove" in request.POST:
        services.let_go(user=user, listing_id=listing.listing_id)
        messages.success(request, _("Removed from your favourites."))
    else:
        try:
            services.keep(user=user, listing_id=listing.listing_id)
            messages.success(request, _("Added to your favourites."))
        except TwizaError as error:
            messages.error(request, str(error))
    return redirect(shop.url("listing", slug=listing.slug))


@require_POST
@login_required
@shop_view
def change_notice(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """Be told when a product that is sold out can be bought again, or no longer."""
    listing, user = _listing(shop, slug), user_of(request)
    listing_id, market = listing.listing_id, shop.market.code
    if "remove" in request.POST:
        services.wait_no_longer(user=user, listing_id=listing_id, market=market)
        messages.success(request, _("We will not write to you about it."))
    elif any(offer.available > 0 for offer in listing.market_offers):  # type: ignore[attr-defined]
        messages.success(request, _("It is in stock again."))
    else:
        try:
            services.wait_for(
                user=user, listing_id=listing_id, market=market, language=shop.language
            )
            messages.success(
                request, _("We will write to %(email)s once it is back.") % {"email": user.email}
            )
        except TwizaError as error:
            messages.error(request, str(error))
    return redirect(shop.url("listing", slug=listing.slug))


def _listing(shop: Shop, slug: str) -> ListingPage:
    found = catalog.listing_page(slug, shop.market)
    if found is None:
        raise Http404
    return found
