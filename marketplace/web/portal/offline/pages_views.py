"""The pages that work without a network: what is on the phone, a sale, a count, a draft.

Their forms are kept on the phone by scripts and sent later to ``sync_views``; nothing is posted.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalog.markets import home_market
from marketplace.core.formats import Format
from marketplace.core.money import exponent
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.offline.copies import kept_on_phones
from marketplace.web.portal.offline.forms import CountedForm, SoldForm, WrittenForm


@member_view("cooperative:read")
@require_safe
@kept_on_phones
def show_phone(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What was recorded on this phone: waiting, to settle, done."""
    return _page(request, access, "phone")


@member_view("sale:record")
@require_safe
@kept_on_phones
def sell(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """A sale at a fair."""
    form = SoldForm(auto_id="id_%s")
    return _page(request, access, "sale", form, "unit_price")


@member_view("stock:edit")
@require_safe
@kept_on_phones
def count(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """A count of one product."""
    return _page(request, access, "count", CountedForm())


@member_view("listing:edit")
@require_safe
@kept_on_phones
def write(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """A new product in words, or a change of such a draft."""
    return _page(request, access, "draft", WrittenForm(), "price")


def _page(
    request: HttpRequest,
    access: MemberAccess,
    name: str,
    form: forms.Form | None = None,
    amount: str = "",
) -> HttpResponse:
    market = home_market(access.cooperative.country_code)
    language = get_language() or "ar"
    written = Format(language, market.code)
    if form and amount:
        form.fields[amount].label = f"{form.fields[amount].label} ({market.currency})"
    context: dict[str, Any] = {
        "form": form,
        "exponent": exponent(market.currency),
        "decimal": written.number(1, decimals=1)[1],
        "tongue": language,
    }
    return render(request, f"portal/offline/{name}.html", context)
