"""Tags of icons, the page's sprite, and illustrations of listings and villages."""

from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from marketplace.core.picture_sizes import WIDTHS, in_width, source_set
from marketplace.web.ui import icons, illustrations
from marketplace.web.ui.tags.page import request_of


def icon(
    context: Context, name: str, *, size: str = "", label: str = "", extra: str = ""
) -> SafeString:
    """One icon: ``{% icon "truck" %}``; decorative unless ``label`` says what it means.

    ``size`` is ``s`` or ``l``; ``extra`` adds classes such as ``fill``.
    """
    flips = "dir" if name in icons.DIRECTIONAL else ""
    classes = " ".join(css for css in ("i", flips, size, extra) if css)
    meaning = format_html('role="img" aria-label="{}"', label) if label else _DECORATIVE
    sprite = icons_of_page(context)
    if sprite is None:
        shapes = mark_safe(icons.paths(name))
        frame = '<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>'
        return format_html(frame, classes, meaning, shapes)
    sprite[name] = icons.paths(name)
    return format_html('<svg class="{}" {}><use href="#i-{}"/></svg>', classes, meaning, name)


_DECORATIVE = SafeString('aria-hidden="true"')


def icon_sprite(context: Context) -> SafeString:
    """The shapes of all icons used on the page; once, at the end of the base template."""
    sprite = icons_of_page(context)
    if not sprite:
        return SafeString("")
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'
        for name, shapes in sorted(sprite.items())
    )
    return mark_safe(f'<svg hidden aria-hidden="true">{symbols}</svg>')


def icons_of_page(context: Context) -> dict[str, str] | None:
    """The icons that the page shows so far, by name; None without a sprite at its end."""
    request = request_of(context)
    if request is None or getattr(request, "htmx", False):
        return None
    if not hasattr(request, "ui_icons"):
        request.ui_icons = {}  # type: ignore[attr-defined]
    sprite: dict[str, str] = request.ui_icons  # type: ignore[attr-defined]
    return sprite


def illustration_url(category: str, seed: object = 1, region: str = "") -> str:
    """The address of a drawing, by category or taxonomy slug; never fails."""
    return illustrations.address(category, seed=str(seed), region=region)


def illustration(
    category: str,
    seed: object = 1,
    alt: str = "",
    *,
    region: str = "",
    css: str = "",
    eager: bool = False,
) -> SafeString:
    """A drawing as an image: ``{% illustration "honey" product.slug "a jar of honey" %}``."""
    wide = category == illustrations.WIDE
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="400"{}{}>',
        illustration_url(category, seed, region),
        alt,
        1200 if wide else 400,
        format_html(' class="{}"', css) if css else "",
        "" if eager else SafeString(' loading="lazy"'),
    )


def picture(
    address: str,
    alt: str = "",
    *,
    sizes: str,
    width: int = 400,
    height: int = 400,
    css: str = "",
    eager: bool = False,
) -> SafeString:
    """A photograph or drawing: ``{% picture url name sizes="104px" %}``.

    ``sizes`` says how wide it is shown, as CSS lengths; ``width`` and ``height`` give its shape.
    One that is ``eager`` is fetched before all others.
    """
    choice = source_set(address)
    return format_html(
        '<img src="{}"{} alt="{}" width="{}" height="{}"{}{}>',
        in_width(address, width) if width in WIDTHS else in_width(address, WIDTHS[1]),
        format_html(' srcset="{}" sizes="{}"', choice, sizes) if choice else "",
        alt,
        width,
        height,
        format_html(' class="{}"', css) if css else "",
        SafeString(' fetchpriority="high"' if eager else ' loading="lazy"'),
    )


def logo() -> SafeString:
    """The logo: four lozenges in four colours."""
    return _LOGO


def font_preload(language: str) -> str:
    """The font file that a page in this language needs first."""
    return static(f"ui/fonts/readex-{'ar' if language == 'ar' else 'la'}.woff2")


_LOGO = SafeString(
    '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">'
    '<path fill="#4a5cb8" d="m16 1 7 7-7 7-7-7z"/><path fill="#eaa72c" d="m24 9 7 7-7 7-7-7z"/>'
    '<path fill="#c4533c" d="m16 17 7 7-7 7-7-7z"/><path fill="#2f8a80" d="m8 9 7 7-7 7-7-7z"/>'
    "</svg>"
)
