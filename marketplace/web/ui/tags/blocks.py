"""Tags with content: ``{% alert "warn" title="…" %}…{% endalert %}`` and the like."""

from typing import Any

from django.template import Context
from django.utils.safestring import SafeString

from marketplace.web.ui.tags.components import STATE_ICONS


def alert(
    context: Context,
    content: str,
    kind: str = "info",
    *,
    title: str = "",
    icon: str = "",
    live: bool = False,
) -> SafeString:
    """A message in place; kinds info, ok, warn, bad. ``live`` announces it at once."""
    return _show(
        context,
        "alert",
        content=content,
        kind=kind,
        title=title,
        icon=icon or STATE_ICONS.get(kind, "info"),
        live=live,
    )


def panel(
    context: Context,
    content: str,
    title: str = "",
    *,
    note: str = "",
    css: str = "stack",
    anchor: str = "",
    level: int = 2,
) -> SafeString:
    """A panel with a heading and, at its end, a note."""
    return _show(
        context,
        "panel",
        content=content,
        title=title,
        note=note,
        css=css,
        anchor=anchor,
        level=level,
    )


def parcel(
    context: Context,
    content: str,
    title: str,
    *,
    origin: str = "",
    crest_url: str = "",
    delivery: str = "",
    reason: str = "",
    amount_minor: int | None = None,
    currency: str = "",
    is_free: bool = False,
) -> SafeString:
    """A cooperative's parcel: name and village, lines, delivery with its price and why."""
    return _show(
        context,
        "parcel",
        content=content,
        title=title,
        origin=origin,
        crest_url=crest_url,
        delivery=delivery,
        reason=reason,
        amount_minor=amount_minor,
        currency=currency,
        is_free=is_free,
    )


def empty(
    context: Context, content: str, title: str, *, category: str = "basket", seed: str = "4"
) -> SafeString:
    """An empty state: a drawing, a title, and (in the content) what to do."""
    return _show(context, "empty", content=content, title=title, category=category, seed=seed)


def money_card(
    context: Context,
    content: str,
    amount_minor: int,
    currency: str,
    *,
    label: str = "",
    note: str = "",
) -> SafeString:
    """One large amount; the content holds the listen button or a link."""
    return _show(
        context,
        "money_card",
        content=content,
        amount_minor=amount_minor,
        currency=currency,
        label=label,
        note=note,
    )


def _show(context: Context, component: str, **values: Any) -> SafeString:
    engine = context.template.engine  # type: ignore[union-attr]
    template = engine.get_template(f"ui/components/{component}.html")
    with context.push(**values):
        return template.render(context)
