"""The web manifest: how a phone calls the shop when somebody puts it among their programs."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.ui.app_icons import GROUND

# As ``theme-color`` in ``ui/base.html``.
THEME = "#2f3d80"
_ICONS = {"ui/icon-192.png": "192x192", "ui/icon-512.png": "512x512"}


@require_safe
@shop_view
def show_manifest(request: HttpRequest, shop: Shop) -> JsonResponse:  # noqa: ARG001
    """Names in the page's language; it opens in the market from which it was taken."""
    manifest = {
        "name": f"{_('Twiza')}: {_('The market of rural cooperatives')}",
        "short_name": _("Twiza"),
        "lang": shop.language,
        "dir": shop.format.direction,
        "id": "/",
        "start_url": shop.url("home"),
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": THEME,
        "background_color": GROUND,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes in _ICONS.items()
            for purpose in ("any", "maskable")
        ],
    }
    headers = {"Cache-Control": "public, max-age=86400"}
    return JsonResponse(manifest, content_type="application/manifest+json", headers=headers)
