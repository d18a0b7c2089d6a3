"""Pages that say how the shop works: one template each, all of them listed here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.web.storefront.shell import Shop, shop_view

PAGES = frozenset({"contact", "delivery", "follow", "join", "money", "payment", "returns"})


@require_safe
@shop_view
def show_page(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """One of the standing pages."""
    if slug not in PAGES:
        raise Http404
    context = {"slug": slug, "market": shop.market}
    return render(request, f"storefront/info/{slug}.html", context)
