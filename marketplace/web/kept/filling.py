"""Put what was typed back into the HTML of a page.

One place for all forms: the page is made as always, then the controls of the form that is sent to
an address get the kept values. Everything else in the page stays as it was, byte for byte.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.utils.html import escape

from marketplace.web.kept.models import Pairs
from marketplace.web.kept.typed import OURS
from marketplace.web.ui.amounts import CONFIRMED, READING

Attributes = dict[str, str | None]
_BUTTONS = {"submit", "button", "image", "reset"}
_CHOICES = {"checkbox", "radio"}


@dataclass(slots=True)
class Control:
    """An input, a textarea or a select with its options, and where it is in the page."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    text_end: int = 0
    options: "list[Control]" = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        """The type of an input, else the tag."""
        return (self.attributes.get("type") or "text").lower() if self.tag == "input" else self.tag

    @property
    def value(self) -> str:
        return self.attributes.get("value") or ""


@dataclass(slots=True)
class FoundForm:
    """A form of the page: where it starts, where its content starts, its controls."""

    action: str
    start: int
    inside: int
    controls: list[Control] = field(default_factory=list)
    buttons: set[str] = field(default_factory=set)


def forms_of(html: str, page: str) -> list[FoundForm]:
    """The forms of a page that are posted, with the path that each is sent to."""
    reader = _Reader(html, page)
    reader.feed(html)
    reader.close()
    return reader.forms


def form_for(forms: Sequence[FoundForm], action: str, pairs: Pairs) -> FoundForm | None:
    """The form sent to ``action``; of several the one whose hidden fields and names fit best."""
    names, sent = {name for name, _value in pairs}, set(pairs)

    def fits(form: FoundForm) -> int:
        same = sum((c.name, c.value) in sent for c in form.controls if c.kind == "hidden")
        return 10 * same + sum(control.name in names for control in form.controls)

    return max((form for form in forms if form.action == action), key=fits, default=None)


@dataclass(slots=True)
class Filled:
    """A page with the values in their places, and the pairs that have no place any more."""

    html: str
    without_place: Pairs


def fill(
    html: str,
    form: FoundForm,
    pairs: Pairs,
    *,
    hidden_too: bool,
    values_too: bool = True,
    before: str = "",
    inside: str = "",
    after_files: dict[str, str] | None = None,
) -> Filled:
    """Fill one form of a page.

    ``before`` is put before the form and ``inside`` at its start; ``after_files`` after the file
    inputs of these names. Hidden fields are filled only where ``hidden_too`` (a page that answers
    a form has given them new values), the others only where ``values_too``.
    """
    edits = [(form.start, form.start, before), (form.inside, form.inside, inside)]
    values = _by_name(pairs)
    placed = Counter[str]()
    for control in form.controls:
        name = control.name
        if control.kind == "file":
            edits.append((control.end, control.end, (after_files or {}).get(name, "")))
        elif name and values_too and not _is_left_alone(control, hidden_too=hidden_too):
            edits += _edits(control, values.get(name, []), placed)
    known = {control.name for control in form.controls} | form.buttons
    # An answer about an amount: it is asked again beside the amount, which has its place.
    known |= {f"{name}{answer}" for name in known for answer in (READING, CONFIRMED)}
    homeless = [(name, value) for name, value in pairs if name not in known and value.strip()]
    return Filled(_apply(html, edits), homeless)


def _is_left_alone(control: Control, *, hidden_too: bool) -> bool:
    kind = control.kind
    return (
        kind in _BUTTONS
        or kind == "password"
        or (kind == "hidden" and not hidden_too)
        or control.name in OURS
    )


def _edits(
    control: Control, values: list[str], placed: Counter[str]
) -> Iterable[tuple[int, int, str]]:
    """The changes that put a control's value in; the nth control of a name takes the nth value."""
    if control.kind in _CHOICES:
        value = control.attributes.get("value")
        yield _flagged(control, "checked", on=("on" if value is None else value) in values)
        return
    if control.tag == "select":
        if values:
            for option in control.options:
                yield _flagged(option, "selected", on=option.value in values)
        return
    number = placed[control.name]
    placed[control.name] += 1
    if number >= len(values):
        return
    if control.tag == "textarea":
        # HTML leaves out the first line break of a textarea.
        yield control.end, control.text_end, "\n" + escape(values[number])
    else:
        attributes = control.attributes | {"value": values[number]}
        yield control.start, control.end, _tag("input", attributes)


def _flagged(control: Control, flag: str, *, on: bool) -> tuple[int, int, str]:
    attributes = {name: value for name, value in control.attributes.items() if name != flag}
    if on:
        attributes[flag] = None
    return control.start, control.end, _tag(control.tag, attributes)


def _tag(name: str, attributes: Attributes) -> str:
    written = "".join(
        f" {key}" if value is None else f' {key}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>"


def _apply(html: str, edits: Iterable[tuple[int, int, str]]) -> str:
    html_after, reached = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        html_after += [html[reached:start], text]
        reached = end
    return "".join([*html_after, html[reached:]])


def _by_name(pairs: Pairs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


class _Reader(HTMLParser):
    """Reads where the posted forms of a page and their controls are."""

    def __init__(self, html: str, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.page = page
        self.forms: list[FoundForm] = []
        self._form: FoundForm | None = None
        self._open: Control | None = None
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        end = start + len(self.get_starttag_text() or "")
        attributes = dict(attrs)
        if tag == "form":
            self._form = self._found_form(attributes, start, end)
        elif self._form is not None:
            self._control(tag, Control(tag, attributes, start, end))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif self._open is not None and tag == self._open.tag:
            self._open.text_end = self._here()
            self._open = None

    def _found_form(self, attributes: Attributes, start: int, end: int) -> FoundForm | None:
        if (attributes.get("method") or "").lower() != "post":
            return None
        action = urlsplit(urljoin(self.page, attributes.get("action") or self.page)).path
        form = FoundForm(action, start, end)
        self.forms.append(form)
        return form

    def _control(self, tag: str, control: Control) -> None:
        assert self._form is not None
        if tag == "option" and self._open is not None:
            self._open.options.append(control)
        elif tag == "button" or (tag == "input" and control.kind in _BUTTONS):
            self._form.buttons.add(control.name)
        elif tag in {"input", "textarea", "select"}:
            self._form.controls.append(control)
            if tag != "input":
                self._open = control
