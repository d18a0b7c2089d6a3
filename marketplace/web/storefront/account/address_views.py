"""The delivery addresses of who is signed in: listed, added, changed, deleted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.markets import home_market
from marketplace.core.errors import TwizaError
from marketplace.orders.models import SavedAddress
from marketplace.orders.queries.saved_addresses import address_of, addresses_of
from marketplace.orders.services import saved_addresses
from marketplace.web.refusals import refusals_as_http
from marketplace.web.storefront.account.address_form import SavedAddressForm, filled_in
from marketplace.web.storefront.account.signed_in import user_of
from marketplace.web.storefront.shell import Shop, shop_view

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = 422


@never_cache
@require_safe
@login_required
@shop_view
def show_addresses(request: HttpRequest, shop: Shop) -> HttpResponse:
    """All of them; those that this market does not deliver to are said to be of another."""
    rows = addresses_of(user_of(request))
    context = {"items": [_shown(shop, row) for row in rows], "most": saved_addresses.MOST}
    return render(request, "storefront/account/addresses.html", context)


@never_cache
@read_or_post
@login_required
@shop_view
def add(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Keep another address."""
    user = user_of(request)

    def keep(form: SavedAddressForm) -> None:
        saved_addresses.keep_address(
            user=user,
            address=form.address,
            label=form.cleaned_data["label"],
            is_default=form.cleaned_data["is_default"],
        )

    context = {"title": _("New address")}
    return _asked(request, shop, {"name": user.name}, keep, context)


@never_cache
@read_or_post
@login_required
@shop_view
def change(request: HttpRequest, shop: Shop, address_id: UUID) -> HttpResponse:
    """Change an address; orders that went there keep what they had."""
    user = user_of(request)
    with refusals_as_http():
        row = address_of(user, address_id)
    home = _market_of(shop, row)
    if home is not shop.market:
        there = Shop(request, home, shop.language)
        return redirect(there.url("account-address", address_id=address_id))

    def keep(form: SavedAddressForm) -> None:
        saved_addresses.change_address(
            user=user,
            address_id=address_id,
            address=form.address,
            label=form.cleaned_data["label"],
            is_default=form.cleaned_data["is_default"],
        )

    context = {"title": _("Change the address"), "row": row}
    return _asked(request, shop, filled_in(row), keep, context)


@require_POST
@login_required
@shop_view
def choose_default(request: HttpRequest, shop: Shop, address_id: UUID) -> HttpResponse:
    """Let checkouts begin with an address."""
    with refusals_as_http():
        saved_addresses.make_default(user=user_of(request), address_id=address_id)
    messages.success(request, _("Your checkouts begin with this address."))
    return redirect(shop.url("account-addresses"))


@require_POST
@login_required
@shop_view
def delete(request: HttpRequest, shop: Shop, address_id: UUID) -> HttpResponse:
    """Delete an address, which the list asked about before."""
    saved_addresses.delete_address(user=user_of(request), address_id=address_id)
    messages.success(request, _("The address is deleted."))
    return redirect(shop.url("account-addresses"))


def _asked(
    request: HttpRequest,
    shop: Shop,
    known: dict[str, Any],
    keep: Callable[[SavedAddressForm], None],
    context: dict[str, Any],
) -> HttpResponse:
    """The form, or the list once what was typed is kept."""

    def make(*args: Any, **kwargs: Any) -> SavedAddressForm:
        return SavedAddressForm(*args, market=shop.market, language=shop.language, **kwargs)

    form, status = make(initial=known), 200
    if request.method == "POST":
        form = make(request.POST)
        if form.has_another_country:
            form = make(initial=form.typed)
        elif form.is_valid():
            try:
                keep(form)
            except TwizaError as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The address is saved."))
                return redirect(shop.url("account-addresses"))
        status = REFUSED if form.errors else 200
    return render(
        request, "storefront/account/address.html", context | {"form": form}, status=status
    )


def _shown(shop: Shop, row: SavedAddress) -> dict[str, Any]:
    home = _market_of(shop, row)
    return {"row": row, "address": row.address, "market": "" if home is shop.market else home.name}


def _market_of(shop: Shop, row: SavedAddress) -> Any:
    """This market if it delivers there, else the country's own."""
    return (
        shop.market
        if row.country_code in shop.market.country_codes
        else home_market(row.country_code)
    )
