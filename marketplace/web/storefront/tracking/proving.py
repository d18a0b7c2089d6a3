"""Two pages by which a buyer proves the phone of an order: number and phone, then the code.

What they lead to is told by a ``Proving``: the order's page, all that is held, an account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.formats import western_digits
from marketplace.core.throttle import TooSoon
from marketplace.orders.errors import CodeNotRight
from marketplace.orders.models import LookupPurpose
from marketplace.orders.services.look_up import look_up
from marketplace.web.address_fields import PhoneField
from marketplace.web.refusals import later
from marketplace.web.storefront.shell import Shop
from vendors.accounts import User

REFUSED = 422
# What follows on a right code; raises CodeNotRight, TooSoon and other refusals.
Then = Callable[[str], HttpResponse]


@dataclass(frozen=True)
class Proving:
    """What the code is good for, the names of its two pages, and what they say."""

    purpose: LookupPurpose
    ask_page: str
    code_page: str
    title: Promise
    lead: Promise
    after: Promise
    button: Promise


class LookupForm(forms.Form):
    """The order's number, and the phone number that it was placed with."""

    number = forms.CharField(
        label=_("Order number"), max_length=40, help_text=_("For example TW-7K3M-29QX")
    )
    phone = PhoneField(
        label=_("Mobile phone"), help_text=_("The number that you gave with the order.")
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].country = country  # type: ignore[attr-defined]


class LookupCodeForm(forms.Form):
    """The code from the message."""

    code = forms.CharField(label=_("Code that you received"), max_length=20)

    def clean_code(self) -> str:
        """The code in Western digits, whichever were typed."""
        return western_digits(self.cleaned_data["code"])


def ask_number(
    request: HttpRequest, shop: Shop, proving: Proving, user: User | None = None
) -> HttpResponse:
    """Ask for number and phone; every answer leads to the page of the code."""
    form, error, too_soon = LookupForm(country=shop.market.default_country), "", 0
    if request.method == "POST":
        form = LookupForm(request.POST, country=shop.market.default_country)
        if form.is_valid():
            try:
                lookup = look_up(
                    **form.cleaned_data,
                    seen_from=address_key(request),
                    purpose=proving.purpose,
                    user=user,
                )
            except TooSoon as refused:
                error, too_soon = str(refused), refused.seconds
            else:
                return redirect(shop.url(proving.code_page, lookup_id=lookup.pk))
    return _shown(request, shop, "lookup", proving, form, (error, too_soon))


def ask_code(request: HttpRequest, shop: Shop, proving: Proving, then: Then) -> HttpResponse:
    """Ask for the code; on the right one goes on. What found no order looks the same."""
    form, error, too_soon = LookupCodeForm(), "", 0
    if request.method == "POST":
        form = LookupCodeForm(request.POST)
        if form.is_valid():
            try:
                return then(form.cleaned_data["code"])
            except TooSoon as refused:
                error, too_soon = str(refused), refused.seconds
            except CodeNotRight as refused:
                form.add_error("code", str(refused))
            except TwizaError as refused:
                form.add_error(None, str(refused))
    return _shown(request, shop, "lookup_code", proving, form, (error, too_soon))


def _shown(
    request: HttpRequest,
    shop: Shop,
    page: str,
    proving: Proving,
    form: forms.Form,
    refused: tuple[str, int],
) -> HttpResponse:
    error, too_soon = refused
    ask_url = shop.url(proving.ask_page)
    context = {"form": form, "error": error, "proving": proving, "ask_url": ask_url}
    status = REFUSED if form.errors else 200
    response = render(request, f"storefront/tracking/{page}.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return later(response, too_soon)
