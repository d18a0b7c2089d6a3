"""Frames in the Dashboard, empty until they have a token, and their content."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from marketplace.web.dashboard import product_lookup
from marketplace.web.dashboard.access import for_persons_who
from marketplace.web.dashboard.framing import framed, in_the_dashboards_language
from vendors.models import Programme


@require_GET
@framed
@in_the_dashboards_language
def overview_frame(request: HttpRequest) -> HttpResponse:
    """The App's own page in the Dashboard."""
    return _frame(request, _("Marketplace"), "dashboard:overview-content")


@require_GET
@framed
@in_the_dashboards_language
def order_frame(request: HttpRequest) -> HttpResponse:
    """The page of an order (``orderId``)."""
    return _frame(request, _("Cooperatives of this order"), "dashboard:order-content")


@require_GET
@framed
@in_the_dashboards_language
def product_frame(request: HttpRequest) -> HttpResponse:
    """The page of a product (``productId``)."""
    return _frame(request, _("Cooperative of this product"), "dashboard:product-content")


def _frame(request: HttpRequest, title: str, content: str) -> HttpResponse:
    context = {
        "title": title,
        "content_url": reverse(content),
        "origin": settings.DASHBOARD_ORIGIN,
    }
    return render(request, "dashboard/frame.html", context)


@require_GET
@never_cache
@in_the_dashboards_language
@for_persons_who("MANAGE_ORDERS")
def overview(request: HttpRequest) -> HttpResponse:
    """Open tasks of the marketplace, and links to the programmes' pages."""
    programmes = [
        (programme, _ours(reverse("staff:overview", kwargs={"programme": programme.slug})))
        for programme in Programme.objects.order_by("slug")
    ]
    context = {"counts": product_lookup.counts(), "programmes": programmes}
    return render(request, "dashboard/overview.html", context)


@require_GET
@never_cache
@in_the_dashboards_language
@for_persons_who("MANAGE_ORDERS")
def order(request: HttpRequest) -> HttpResponse:
    """The cooperatives of an order, its parcels, and its payouts."""
    found = product_lookup.order_of(request.GET.get("orderId", ""))
    if found is None:
        return render(request, "dashboard/unknown_order.html", status=404)
    language = get_language() or settings.BASE_LANGUAGE
    vendor_orders = [
        {
            "vendor_order": row.vendor_order,
            "lines": [(line, line.title_in(language)) for line in row.vendor_order.lines.all()],
            "parcels": row.vendor_order.parcels.all(),
            "money": row.money,
            "url": _ours(
                reverse(
                    "staff:order",
                    kwargs={
                        "programme": row.vendor_order.programme.slug,
                        "vendor_order_id": row.vendor_order.pk,
                    },
                )
            ),
        }
        for row in product_lookup.vendor_orders_of(found)
    ]
    return render(request, "dashboard/order.html", {"order": found, "vendor_orders": vendor_orders})


@require_GET
@never_cache
@in_the_dashboards_language
@for_persons_who("MANAGE_PRODUCTS")
def product(request: HttpRequest) -> HttpResponse:
    """The cooperative of a product, and the state of its latest revisions."""
    listing = product_lookup.listing_of(request.GET.get("productId", ""))
    if listing is None:
        return render(request, "dashboard/unknown_product.html", status=404)
    revisions = product_lookup.revisions_of(listing)
    programme = listing.cooperative.programme
    context = {
        "listing": listing,
        "cooperative": listing.cooperative,
        "programme": programme,
        "time_zone": programme.time_zone,
        "revisions": revisions,
        "url": _ours(reverse("staff:moderation", kwargs={"programme": programme.slug})),
    }
    return render(request, "dashboard/product.html", context)


def _ours(path: str) -> str:
    return urljoin(settings.PUBLIC_URL, path)
