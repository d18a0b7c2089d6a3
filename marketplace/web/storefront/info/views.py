"""Information pages of the shop: one template each, all listed here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.payments.offered_providers import shown_providers
from marketplace.web.storefront.page_heads import heads
from marketplace.web.storefront.shell import Shop, shop_view

# ``contact`` has a view of its own.
PAGES = frozenset({"contact", "delivery", "follow", "join", "money", "payment", "returns"})


@require_safe
@shop_view
def show_page(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """One of the information pages."""
    if slug not in PAGES:
        raise Http404
    context: dict[str, Any] = {
        "head": heads.info(shop, slug),
        "slug": slug,
        "market": shop.market,
    }
    if slug == "payment":
        # Two card providers are one payment method to the buyer.
        named = {method.shown.title: method for method in shown_providers(shop.market)}
        context["methods"] = list(named.values())
    return render(request, f"storefront/info/{slug}.html", context)
