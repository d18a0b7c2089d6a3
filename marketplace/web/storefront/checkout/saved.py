"""Addresses of who is signed in, in the checkout: chosen with one tap, and kept from there."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError
from marketplace.core.person_names import plain_line
from marketplace.orders.address_errors import NoSuchAddress
from marketplace.orders.models import SavedAddress
from marketplace.orders.queries.saved_addresses import address_of, addresses_of
from marketplace.orders.services.saved_addresses import keep_address
from marketplace.web.storefront.account.address_form import label_field
from marketplace.web.storefront.checkout.forms import AddressForm
from marketplace.web.storefront.shell import Shop
from vendors.accounts import User


class KeepingAddressForm(AddressForm):
    """The form of the checkout for who is signed in, who may keep what is typed."""

    keep = forms.BooleanField(label=_("Keep this address in my account"), required=False)
    keep_as = label_field()


def form_class(shop: Shop) -> type[AddressForm]:
    """The form for this visitor."""
    return KeepingAddressForm if _user(shop) else AddressForm


def shown_with(shop: Shop, form: AddressForm) -> dict[str, Any]:
    """The addresses to choose from: those to which this market delivers, the default first.

    The form beside them is open once something was typed in it.
    """
    user = _user(shop)
    rows = addresses_of(user, shop.market.country_codes) if user else []
    return {"saved": rows, "is_typing": form.is_bound or bool(form.initial.get("line1"))}


def posted(shop: Shop) -> Any:
    """What was sent: the form, or in its place the address that was tapped.

    An address that was deleted meanwhile leaves an empty form, which says what is missing.
    """
    request, user = shop.request, _user(shop)
    chosen = request.POST.get("saved", "")
    if not chosen or user is None:
        return request.POST
    try:
        row = address_of(user, UUID(chosen))
    except (NoSuchAddress, ValueError):
        messages.error(request, str(NoSuchAddress()))
        return {}
    return as_typed(row) | {"email": user.email}


def as_typed(row: SavedAddress) -> dict[str, str]:
    """An address as the form would send it."""
    given: dict[str, str] = row.address.model_dump()
    return given | {"fields_for": row.country_code}


def keep_typed(request: HttpRequest, shop: Shop, form: AddressForm) -> None:
    """Keep what was typed, if that was asked for; the order goes on if it cannot be kept."""
    user = _user(shop)
    if user is None or not form.cleaned_data.get("keep"):
        return
    label = plain_line(form.cleaned_data.get("keep_as", ""))
    try:
        keep_address(user=user, address=form.address, label=label)
    except TwizaError as refused:
        messages.warning(request, str(refused))


def _user(shop: Shop) -> User | None:
    user = shop.request.user
    return user if isinstance(user, User) else None
