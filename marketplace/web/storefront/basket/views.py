"""The basket: parcel by parcel, with the total including delivery."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.errors import TwizaError
from marketplace.orders import queries as orders
from marketplace.orders.errors import NotForSale
from marketplace.orders.services import baskets
from marketplace.web.numbers import NotAQuantity, whole_number
from marketplace.web.storefront.cards import pictures
from marketplace.web.storefront.paying import cash_is_offered, methods_of
from marketplace.web.storefront.shell import Shop, header_of, shop_view


@require_safe
@shop_view
def show_basket(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The basket's lines, and the total including delivery."""
    return basket_page(request, shop)


def basket_page(
    request: HttpRequest, shop: Shop, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page of the basket, with what a form on it has to say."""
    view = None
    if shop.basket:
        view = orders.basket_view(shop.basket, language=shop.language)
    context = {
        **more,
        "basket": view,
        "pictures": pictures(line.listing_id for p in view.parcels for line in p.lines)
        if view
        else {},
        "cash_possible": view is not None and cash_is_offered(shop, view),
        "methods": methods_of(shop.market),
    }
    return render(request, "storefront/basket/basket.html", context, status=status)


@require_POST
@shop_view
def add_line(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Add a line; htmx gets the new count and a message, others the basket."""
    basket = shop.basket_to_fill()
    try:
        baskets.add_line(
            basket=basket,
            variant_id=_variant(request),
            quantity=_quantity(request),
        )
        messages.success(request, _("Added to your basket."))
    except TwizaError as error:
        messages.error(request, str(error))
    if request.htmx:  # type: ignore[attr-defined]
        shop.__dict__["basket"] = basket
        context = {"shop": header_of(shop), "basket_url": shop.url("basket")}
        response = render(request, "storefront/basket/added.html", context)
    else:
        response = redirect(shop.url("basket"))
    return shop.remember(response, basket)


@require_POST
@shop_view
def change_line(request: HttpRequest, shop: Shop, variant_id: UUID) -> HttpResponse:
    """Another quantity of a line, or none; then back to where the form stood."""
    back = "checkout" if request.POST.get("then") == "checkout" else "basket"
    if shop.basket:
        try:
            quantity = 0 if "remove" in request.POST else _quantity(request)
            baskets.set_quantity(basket=shop.basket, variant_id=variant_id, quantity=quantity)
        except TwizaError as error:
            messages.error(request, str(error))
            back = "basket"
    return redirect(shop.url(back))


def _quantity(request: HttpRequest) -> int:
    """The posted number, one if none was posted; raises NotAQuantity."""
    text = request.POST.get("quantity", "")
    number = whole_number(text) if text.strip() else 1
    if number is None:
        raise NotAQuantity
    return number


def _variant(request: HttpRequest) -> UUID:
    """The posted variant; raises NotForSale for what names none."""
    try:
        return UUID(request.POST.get("variant", ""))
    except ValueError as error:
        raise NotForSale from error
