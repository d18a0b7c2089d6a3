"""The pictures that previews show. What the shop no longer shows has none: 404."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from catalog import queries as catalog
from catalog.categories import find_category
from marketplace.web.refusals import limited
from marketplace.web.storefront.listings.offers import offer_to_show
from marketplace.web.storefront.page_heads.addresses import page_address
from marketplace.web.storefront.sharing import pictures
from marketplace.web.storefront.sharing.kept_pictures import kept
from marketplace.web.storefront.shell import Shop, shop_view
from vendors import queries as vendors

# As photographs: browsers keep it for good, shared caches for a day, so that a withdrawn one goes.
_FOREVER = {"Cache-Control": "public, max-age=31536000, s-maxage=86400, immutable"}


@require_safe
@limited("share_picture_address")
@shop_view
def show_shop(request: HttpRequest, shop: Shop, digest: str) -> HttpResponse:  # noqa: ARG001
    """The picture of the shop as a whole."""
    return _respond(shop, "picture", digest, pictures.of_shop(shop))


@require_safe
@limited("share_picture_address")
@shop_view
def show_category(request: HttpRequest, shop: Shop, slug: str, digest: str) -> HttpResponse:  # noqa: ARG001
    """The picture of a category."""
    category = find_category(slug)
    if category is None:
        raise Http404
    picture = pictures.of_category(shop, category)
    return _respond(shop, "category-picture", digest, picture, slug=slug)


@require_safe
@limited("share_picture_address")
@shop_view
def show_cooperative(request: HttpRequest, shop: Shop, slug: str, digest: str) -> HttpResponse:  # noqa: ARG001
    """The picture of a published cooperative."""
    profile = vendors.public_profile(slug, shop.language)
    if profile is None:
        raise Http404
    picture = pictures.of_cooperative(shop, profile)
    return _respond(shop, "cooperative-picture", digest, picture, slug=slug)


@require_safe
@limited("share_picture_address")
@shop_view
def show_listing(request: HttpRequest, shop: Shop, slug: str, digest: str) -> HttpResponse:  # noqa: ARG001
    """The picture of a listing that the market sells."""
    page = catalog.listing_page(slug, shop.market)
    if page is None:
        raise Http404
    offer = offer_to_show(page.market_offers)  # type: ignore[attr-defined]
    picture = pictures.of_listing(shop, page, offer)
    return _respond(shop, "listing-picture", digest, picture, slug=slug)


def _respond(
    shop: Shop, name: str, digest: str, picture: pictures.Picture, **filling: str
) -> HttpResponse:
    """The file; an older address leads to what is true now, so that nobody has others drawn."""
    if digest != picture.digest:
        where = filling | {"digest": picture.digest}
        return redirect(page_address(name, shop.market, shop.language, **where))
    return HttpResponse(kept(digest, picture.drawn), content_type="image/jpeg", headers=_FOREVER)
