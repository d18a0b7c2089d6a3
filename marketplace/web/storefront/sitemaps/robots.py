"""``/robots.txt``: where robots may not go, and where the lists of pages are."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from marketplace.core.indexing import may_be_indexed
from marketplace.web.storefront.page_heads.addresses import whole

CLOSED = (
    "/accounts/",
    "/amount-reading/",
    "/api/",
    "/dashboard/",
    "/demo/",
    "/health/",
    "/language/",
    "/payments/",
    "/portal/",
    "/saleor/",
    "/staff/",
    "/ui/",
    # In every market and language.
    "/*/account/",
    "/*/apply/",
    "/*/basket/",
    "/*/checkout/",
    "/*/market/",
    "/*/my-data/",
    "/*/orders/",
    "/*/question/",
    "/*/questions/",
    "/*/reviews/",
    "/*/search/",
)


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The rules for all robots; a shop that is not for search engines closes everything."""
    lines = ["User-agent: *"]
    if may_be_indexed():
        lines += [f"Disallow: {path}" for path in CLOSED]
        lines += ["", f"Sitemap: {whole(reverse('sitemaps:index'))}"]
    else:
        lines.append("Disallow: /")
    text = "\n".join(lines) + "\n"
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
