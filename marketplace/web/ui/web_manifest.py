"""A web manifest: how a phone calls a part of Twiza when somebody puts it among their programs."""

from django.http import JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _

from marketplace.core.formats import Format

# As ``theme-color`` in ``ui/base.html``.
THEME = "#2f3d80"
GROUND = "#fdf8ef"
_ICONS = {"ui/icon-192.png": "192x192", "ui/icon-512.png": "512x512"}


def web_manifest(
    *, name: str, language: str, identity: str, start: str, scope: str
) -> JsonResponse:
    """The manifest of what begins at ``start`` and holds all below ``scope``; ``name`` says it.

    ``identity`` stays the same for good: by it a phone knows the program again.
    """
    manifest = {
        "name": f"{_('Twiza')}: {name}",
        "short_name": _("Twiza"),
        "lang": language,
        "dir": Format(language).direction,
        "id": identity,
        "start_url": start,
        "scope": scope,
        "display": "minimal-ui",
        "theme_color": THEME,
        "background_color": GROUND,
        "icons": [
            {"src": static(file), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes in _ICONS.items()
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")
