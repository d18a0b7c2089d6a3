"""Look up an order whose link was lost: by number and phone, with a code."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.client_address import address_key
from marketplace.core.formats import western_digits
from marketplace.core.throttle import TooSoon
from marketplace.orders.errors import CodeNotRight
from marketplace.orders.services.look_up import look_up, open_found
from marketplace.web.address_fields import PhoneField
from marketplace.web.refusals import later
from marketplace.web.storefront.shell import Shop, shop_view

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = 422


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


@never_cache
@read_or_post
@shop_view
def ask(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ask for number and phone; every answer leads to the page of the code."""
    form, error, too_soon = LookupForm(country=shop.market.default_country), "", 0
    if request.method == "POST":
        form = LookupForm(request.POST, country=shop.market.default_country)
        if form.is_valid():
            try:
                lookup = look_up(**form.cleaned_data, seen_from=address_key(request))
            except TooSoon as refused:
                error, too_soon = str(refused), refused.seconds
            else:
                return redirect(shop.url("order-lookup-code", lookup_id=lookup.pk))
    return _shown(request, "lookup", form, error, too_soon)


@never_cache
@read_or_post
@shop_view
def confirm(request: HttpRequest, shop: Shop, lookup_id: UUID) -> HttpResponse:
    """Ask for the code; the right one opens the order. What found none looks the same."""
    form, error, too_soon = LookupCodeForm(), "", 0
    if request.method == "POST":
        form = LookupCodeForm(request.POST)
        if form.is_valid():
            code = form.cleaned_data["code"]
            try:
                token = open_found(lookup_id=lookup_id, code=code, seen_from=address_key(request))
            except TooSoon as refused:
                error, too_soon = str(refused), refused.seconds
            except CodeNotRight as refused:
                form.add_error("code", str(refused))
            else:
                return redirect(shop.url("tracking", token=token))
    return _shown(request, "lookup_code", form, error, too_soon)


def _shown(
    request: HttpRequest, page: str, form: forms.Form, error: str, too_soon: int
) -> HttpResponse:
    context = {"form": form, "error": error}
    status = REFUSED if form.errors else 200
    response = render(request, f"storefront/tracking/{page}.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return later(response, too_soon)
