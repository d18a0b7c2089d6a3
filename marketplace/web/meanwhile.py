"""A form that somebody else's change overtook: told field by field, nothing overwritten unseen.

The form carries a hash of each value with which it was opened. When it is sent and the values are
others now, it is shown again: fields that only the other one changed have the new value, those that
both changed have one's own, with the other's beside it and a choice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.utils.text import Truncator

from marketplace.core.models import AuditEntry
from marketplace.core.versions import ChangedMeanwhile, version_of

OPENED, TAKE = "opened", "take_theirs"
_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A field that somebody else has changed: the value now, and one's own where it differs."""

    name: str
    label: str
    theirs: str
    mine: str
    is_choice: bool


class WatchedForm(forms.Form):
    """A form of something that somebody else may be changing.

    ``current`` are the values now, by field; they are the form's initial ones too.
    """

    opened = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, current: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.current = dict(current or {})
        given = kwargs.pop("initial", None) or {}
        kwargs["initial"] = {**self.current, **given, OPENED: self._opened()}
        super().__init__(*args, **kwargs)
        self.overtaken: list[Overtaken] = []
        self.last_change: AuditEntry | None = None

    @property
    def status(self) -> int:
        """The status of the page that shows it: 409 (Conflict) where a change overtook it."""
        return 409 if self.overtaken else 200

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != OPENED}

    def neutral(self, name: str, value: Any) -> str:  # noqa: ARG002 -- for forms that need it
        """A value as it is compared: the same in whichever way it is written."""
        return _plain(value)

    def changed_meanwhile(self) -> list[str]:
        """The fields of which the value now is not the one with which the form was opened."""
        before = _read(self.data.get(self.add_prefix(OPENED), ""))
        if not before:
            return []
        return [
            name
            for name, value in self.current.items()
            if name in self.fields and before.get(name, "") != self._hash(name, value)
        ]

    def overtake(self, last_change: AuditEntry | None) -> None:
        """Show the form again beside what somebody else has saved meanwhile."""
        before = _read(self.data.get(self.add_prefix(OPENED), ""))
        taken = set(self.data.getlist(TAKE)) if hasattr(self.data, "getlist") else set()
        data = changeable(self.data)
        for name in self.changed_meanwhile():
            bound = self[name]
            mine, theirs = bound.data, self.current[name]
            is_mine_too = self._hash(name, mine) not in {
                before.get(name, ""),
                self._hash(name, theirs),
            }
            if not is_mine_too or name in taken:
                _put(data, bound.html_name, theirs)
            choice = is_mine_too and name not in taken
            self.overtaken.append(
                Overtaken(name, str(bound.label), _shown(theirs), _shown(mine), choice)
            )
        data[self.add_prefix(OPENED)] = self._opened()
        self.data, self.last_change = data, last_change
        self.full_clean()

    def _opened(self) -> str:
        """What the form carries: each field with the hash of its value now."""
        return ",".join(f"{name}:{self._hash(name, v)}" for name, v in self.current.items())

    def _hash(self, name: str, value: Any) -> str:
        return version_of(self.neutral(name, value))[:10]


Watched = TypeVar("Watched", bound=WatchedForm)


def save_unless_overtaken(
    make_form: Callable[[], Watched],
    save: Callable[[Watched], object],
    last_change: Callable[[], AuditEntry | None],
) -> tuple[Watched, bool]:
    """The form, and whether it was saved.

    ``make_form`` reads the values now and binds what was sent; ``save`` raises ChangedMeanwhile
    when they have changed once more since.
    """
    form = make_form()
    if not form.is_valid():
        return form, False
    take_theirs(form)
    if not form.changed_meanwhile():
        try:
            save(form)
        except ChangedMeanwhile:
            form = make_form()
        else:
            return form, True
    form.overtake(last_change())
    return form, False


def show_again(form: forms.Form, overtaken: ChangedMeanwhile, **version: str) -> int:
    """Tell so in a form that is not compared field by field; the status of its page.

    What was typed stays; sent again, it is compared with the ``version`` of now, by its field.
    """
    data = changeable(form.data)
    for name, value in version.items():
        data[name] = value
    form.data = data
    form.add_error(None, str(overtaken))
    return 409


def take_theirs(form: WatchedForm) -> None:
    """Where the person chose the other's value, it is the form's."""
    taken = form.data.getlist(TAKE) if hasattr(form.data, "getlist") else []
    names = [name for name in taken if name in form.current and name in form.fields]
    if names:
        data = changeable(form.data)
        for name in names:
            _put(data, form.add_prefix(name), form.current[name])
        form.data = data
        form.full_clean()


def changeable(data: Any) -> Any:
    """A copy of what was sent that may be changed."""
    return data.copy()


def _read(opened: str) -> dict[str, str]:
    pairs = (entry.partition(":") for entry in opened.split(",") if ":" in entry)
    return {name: value for name, _colon, value in pairs}


def _plain(value: Any) -> str:
    """A value as a browser sends it back."""
    if isinstance(value, list | tuple | set):
        return "\n".join(sorted(str(one) for one in value))
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _shown(value: Any) -> str:
    return Truncator(_plain(value)).chars(_SHOWN)


def _put(data: Any, name: str, value: Any) -> None:
    if isinstance(value, list | tuple | set):
        data.setlist(name, [str(one) for one in value])
    else:
        data[name] = "" if value is None else str(value)
