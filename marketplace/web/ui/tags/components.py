"""Tags of components: each prepares the values of its template in ``ui/components/``."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.messages import get_messages
from django.forms import BaseForm, BoundField, widgets
from django.template import Context

from marketplace.web.ui.components import Crumb, PageLink, Pages
from marketplace.web.ui.tags.page import market_of, request_of

# Kind of a state → its icon: a state is always shown by icon, text and colour.
STATE_ICONS = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "info": "info",
    "hot": "flag",
    "mark": "badge-check",
    "": "circle",
}
_LEFT_TO_RIGHT = {"tel", "email", "url", "number", "password"}
_CHOICES = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def badge(context: Context, text: str, kind: str = "", icon: str = "") -> dict[str, Any]:
    """A state or a mark: ``{% badge "Livré" "ok" %}``; kinds ok, warn, bad, info, hot, mark."""
    shown = icon or STATE_ICONS.get(kind, "circle")
    return inherit(context, text=text, kind=kind, icon_name=shown)


def field(
    context: Context,
    bound: BoundField,
    *,
    affix: str = "",
    hint: str = "",
    mark: bool = True,
    **attrs: Any,
) -> dict[str, Any]:
    """A form's field with its label, help and error: ``{% field form.phone type="tel" %}``.

    Free text is ``dir=auto``; numbers, phones, addresses of mail and codes are ``dir=ltr``.
    Further attributes go to the control (``autocomplete="tel"``). A field of money has a
    ``reading``: how what was typed is read. Without ``mark`` it is not called optional.
    """
    widget = bound.field.widget
    is_list = isinstance(widget, _CHOICES)
    # No placeholder: it would repeat the label and disappear with the first letter.
    widget.attrs.pop("placeholder", None)
    if hint and not bound.help_text:
        bound.help_text = hint
    read = getattr(bound.field, "reading", None)
    return inherit(
        context,
        reading=read(bound) if read else None,
        bound=bound,
        control=bound.as_widget(attrs=_attributes(context, bound, attrs)),
        options=list(bound) if is_list else [],
        is_list=is_list,
        is_check=isinstance(widget, widgets.CheckboxInput),
        is_hidden=bound.is_hidden,
        is_optional=mark and not bound.field.required,
        affix=affix,
    )


def _attributes(context: Context, bound: BoundField, attrs: dict[str, Any]) -> dict[str, Any]:
    """The attributes of a field's control."""
    widget = bound.field.widget
    html = {key.replace("_", "-"): value for key, value in attrs.items()}
    # Beside the widget's own, a second ``type`` in one element would count for nothing.
    if isinstance(widget, widgets.Input) and "type" in html:
        widget.input_type = html.pop("type")
    if not isinstance(widget, (*_CHOICES, widgets.CheckboxInput)):
        html.setdefault("class", "input")
        html.setdefault("dir", _direction(widget, html))
    if html.get("dir") in ("", None):
        html.pop("dir", None)
    live = getattr(bound.field, "live", None)
    return html | (live(bound, market_of(context)) if live else {})


def _direction(widget: widgets.Widget, attrs: dict[str, Any]) -> str:
    kind = attrs.get("type") or widget.attrs.get("type") or getattr(widget, "input_type", "text")
    mode = attrs.get("inputmode") or widget.attrs.get("inputmode", "")
    if kind in _LEFT_TO_RIGHT or mode in ("numeric", "decimal", "tel"):
        return "ltr"
    if isinstance(widget, widgets.TextInput | widgets.Textarea) and kind in ("text", "search"):
        return "auto"
    if isinstance(widget, widgets.Textarea):
        return "auto"
    return ""


def error_summary(context: Context, *forms: BaseForm, title: str = "") -> dict[str, Any]:
    """The errors, with links to the fields; takes the focus when the page opens.

    ``title`` says what did not happen where no field is wrong; else nothing was saved.
    """
    errors: list[tuple[str, str, str]] = []
    for form in forms:
        errors += [("", "", str(message)) for message in form.non_field_errors()]
        for bound in form:
            anchor = bound.id_for_label or bound.auto_id
            label = str(bound.label).rstrip(" \u00a0?؟")  # a colon follows
            errors += [(anchor, label, str(text)) for text in bound.errors]
    fields = sum(1 for anchor, _label, _text in errors if anchor)
    return {"errors": errors, "fields": fields, "title": title, "request": request_of(context)}


def cooperative_card(context: Context, item: Any) -> dict[str, Any]:
    """A cooperative in a grid; ``item`` as ``components.CooperativeCard``."""
    return inherit(context, item=item)


def crumbs(context: Context, trail: Sequence[Crumb | tuple[str, str]]) -> dict[str, Any]:
    """The breadcrumbs; the last entry is the page itself."""
    steps = [step if isinstance(step, Crumb) else Crumb(*step) for step in trail]
    return inherit(context, trail=steps)


def steps(context: Context, items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """The steps of a process; items as ``components.Step``."""
    return inherit(context, items=items, label=label)


def timeline(context: Context, items: Iterable[Any]) -> dict[str, Any]:
    """Past and coming steps; items as ``components.Happening``."""
    return inherit(context, items=items)


def tiles(context: Context, items: Iterable[Any]) -> dict[str, Any]:
    """Figures side by side; items as ``components.Tile``. The first spans on a phone."""
    return inherit(context, items=items)


def pages(context: Context, page: Any, parameter: str = "page") -> dict[str, Any]:
    """Pagination of a Django ``Page``, keeping the other parameters of the address."""
    request = request_of(context)

    def address(number: int) -> str:
        query = request.GET.copy() if request else None
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    shown = [
        PageLink(str(n), address(n), n == page.number) if isinstance(n, int) else PageLink("…")
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    found = Pages(
        links=shown,
        previous_url=address(page.previous_page_number()) if page.has_previous() else "",
        next_url=address(page.next_page_number()) if page.has_next() else "",
    )
    return inherit(context, pages=found)


def quantity(
    context: Context,
    name: str = "quantity",
    value: int = 1,
    *,
    label: str = "",
    minimum: int = 1,
    maximum: int | None = None,
    field_id: str = "",
    error_id: str = "",
    autosubmit: bool = False,
) -> dict[str, Any]:
    """A number between − and + buttons; without JavaScript a plain field.

    ``autosubmit`` sends its form at once when the number changes.
    """
    return inherit(
        context,
        name=name,
        value=value,
        label=label,
        minimum=minimum,
        maximum=maximum,
        field_id=field_id,
        error_id=error_id,
        autosubmit=autosubmit,
    )


def listen(context: Context, text: str, audio_url: str = "") -> dict[str, Any]:
    """The button that plays a recording; shown only where there is one."""
    return inherit(context, text=text, audio_url=audio_url)


def stars(context: Context, rating: str, reviews: int = 0, url: str = "") -> dict[str, Any]:
    """A rating, always with its number of reviews."""
    return inherit(context, rating=rating, reviews=reviews, url=url)


def toasts(context: Context) -> dict[str, Any]:
    """Messages of the last action, in one live region."""
    request = request_of(context)
    found = list(get_messages(request)) if request else []
    kinds = {"success": "ok", "error": "bad", "warning": "warn"}
    shown = [(m, kinds.get(m.level_tag, "info")) for m in found]
    return inherit(context, toasts=[(m, kind, STATE_ICONS[kind]) for m, kind in shown])


def inherit(context: Context, **values: Any) -> dict[str, Any]:
    """The component's values, with what formats and icons need of the page."""
    kept = {key: context.get(key) for key in ("market", "time_zone") if context.get(key)}
    return {**kept, "request": request_of(context), **values}
