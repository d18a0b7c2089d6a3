"""Suggestions of the search box, and the count of clicks on search results."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from marketplace.web.refusals import limited
from marketplace.web.storefront.search.counted import counted_visitor
from marketplace.web.storefront.shell import Shop, shop_view
from search.autocomplete import Suggestion, suggestions
from search.errors import SearchServerUnavailable
from search.query_log import log_click

_MAX_TEXT_LENGTH = 120


@require_safe
@limited("search_address")
@shop_view
def suggest(request: HttpRequest, shop: Shop) -> HttpResponse:
    """A fragment of a page: the options of the search box for the text in it."""
    text = request.GET.get("q", "")[:_MAX_TEXT_LENGTH]
    try:
        found = suggestions(text, language=shop.language, market=shop.market.code)
    except SearchServerUnavailable:
        return HttpResponse(status=503)
    kinds = {
        "query": "",
        "category": _("Category"),
        "cooperative": _("Cooperative"),
        "listing": "",
    }
    options = [
        {
            "label": one.label,
            "note": one.note or kinds[one.kind],
            "url": _address(shop, one),
            "is_query": one.kind == "query",
        }
        for one in found
    ]
    response = render(request, "storefront/search/suggestions.html", {"options": options})
    response["Cache-Control"] = "public, max-age=60"
    return response


@csrf_exempt  # Sent by the browser as it leaves the page; it only adds one to a count.
@require_POST
@shop_view
def log_chosen(request: HttpRequest, shop: Shop) -> HttpResponse:
    """A buyer opened a listing from the results of a search."""
    text = request.POST.get("q", "")[:_MAX_TEXT_LENGTH]
    log_click(
        text, market=shop.market.code, language=shop.language, visitor=counted_visitor(request)
    )
    return HttpResponse(status=204)


def _address(shop: Shop, one: Suggestion) -> str:
    if one.kind == "query":
        return f"{shop.url('search')}?{urlencode({'q': one.value})}"
    return shop.url(one.kind, slug=one.value)
