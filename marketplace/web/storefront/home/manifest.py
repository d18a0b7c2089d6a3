"""The web manifest: how a phone calls the shop when somebody puts it among their programs."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.ui.web_manifest import web_manifest


@require_safe
@shop_view
def show_manifest(request: HttpRequest, shop: Shop) -> JsonResponse:  # noqa: ARG001
    """Names in the page's language; it opens in the market from which it was taken."""
    response = web_manifest(
        name=_("The market of rural cooperatives"),
        language=shop.language,
        identity="/",
        start=shop.url("home"),
        scope="/",
    )
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
