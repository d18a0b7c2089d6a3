"""What a long job can be: the kinds that rooms above offer, and what the worker gives to each.

The one table of them is ``marketplace/long_kinds.py``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from marketplace.core.formats import Format
from vendors.policy import MemberAccess, StaffAccess

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# ``progress(done, total)``: how many units of how many; raises Cancelled. Cheap: call it often, but
# outside transactions, as what is done inside one is shown only at its end.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Work:
    """What a kind's function gets.

    ``access`` holds the person's rights as they are now: queries start from ``access.scope``, and
    changes are made ``by=access.by``. What is written to ``target`` becomes the result.
    """

    parameters: Mapping[str, Any]
    access: StaffAccess
    target: IO[bytes]
    progress: Progress


@dataclass(frozen=True)
class MemberWork:
    """What the function of a member's work gets: as ``Work``, for one cooperative."""

    parameters: Mapping[str, Any]
    access: MemberAccess
    target: IO[bytes]
    progress: Progress


@dataclass(frozen=True)
class Result:
    """The name and the type of the file that was written to ``target``, if one was.

    ``words`` say what came of it, in the reader's language, for the page of the job.
    """

    file_name: str = ""
    content_type: str = ""
    words: str = ""


# It takes ``Work``, or ``MemberWork`` where a member's page asks for it.
Function = Callable[[Any], Result | None]


@dataclass(frozen=True)
class Kind:
    """A function by its dotted path, and what people call its work.

    ``label`` may have placeholders, which the parameters fill: ``"Seller report %(year)s"``. A
    day (ISO) is written as the reader writes it.
    """

    path: str
    label: str | Promise

    @property
    def function(self) -> Function:
        """The function."""
        found: Function = import_string(self.path)
        return found

    def title(self, parameters: Mapping[str, Any]) -> str:
        """What people call the work with these parameters, in the reader's language."""
        return str(self.label) % {name: _shown(value) for name, value in parameters.items()}


def _shown(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return value
    format_ = Format(get_language() or "en")
    return format_.day(date.fromisoformat(value), weekday=False, year=True)


def table() -> Mapping[str, Kind]:
    """The deployment's table: name → kind."""
    found: Mapping[str, Kind] = import_string(settings.LONG_KINDS)
    return found


def kind_of(name: str) -> Kind | None:
    """The kind of this name; None when this version no longer has it."""
    return table().get(name)
