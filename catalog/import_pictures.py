"""Which pictures a row of an import names, and which files of a ZIP are meant by it.

A name is found however it is written: capitals, accents, marks of direction, another ending, a
folder before it. A row that names none has the files that are called like its reference
(``A12.jpg``, ``A12-2.jpg``, ``A12 (3).png``) or lie in a folder of that name.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.photo_files import MOST_PHOTOS
from marketplace.core.csv_table import plain_name
from marketplace.core.errors import TwizaError
from marketplace.core.fetching import require_public_form
from marketplace.core.spreadsheets import typed_cell

COLUMN = "pictures"
_LONGEST, _SHOWN = 1000, 80
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_ENDS = re.compile(r"[|\n\r]+|[,;،؛]\s+|[,;](?=(?:https?:)?//)")
_BETWEEN_NAMES = re.compile(r"[,;،؛]")
_NUMBERED = re.compile(r"^(?P<code>.+) (?P<number>[0-9]{1,2})$")
_OF_A_NAME = "name:"


class Named(NamedTuple):
    """The pictures of a row: files of the ZIP, addresses, and what is wrong with the others."""

    members: list[str]
    addresses: list[str]
    problems: list[str]
    note: str = ""

    @property
    def wanted(self) -> int:
        """How many are to be taken."""
        return len(self.members) + len(self.addresses)


def pictures_in(row: dict[str, str]) -> list[str]:
    """The names and addresses in the cell of pictures, each once, in their order."""
    text = html.unescape(typed_cell(row.get(COLUMN, "") or ""))
    found: list[str] = []
    for part in _ENDS.split(text):
        names = [part] if _ADDRESS.match(part.strip()) else _BETWEEN_NAMES.split(part)
        found += [name.strip(" \t,;\"'")[:_LONGEST] for name in names]
    return list(dict.fromkeys(name for name in found if name))


class PictureIndex:
    """The files of a ZIP by the names by which rows mean them."""

    def __init__(self, members: Iterable[str]) -> None:
        self._exact: dict[str, list[str]] = {}
        self._plain: dict[str, list[str]] = {}
        self._numbered: dict[str, list[tuple[int, str]]] = {}
        self._folders: dict[str, list[str]] = {}
        for member in members:
            self._add(member)

    def _add(self, member: str) -> None:
        path = _bare(member)
        folder, _sign, name = path.rpartition("/")
        stem = plain_name(_stem(name))
        for exact in {path, name}:
            self._exact.setdefault(exact, []).append(member)
        self._plain.setdefault(stem, []).append(member)
        if numbered := _NUMBERED.match(stem):
            count = int(numbered["number"])
            self._numbered.setdefault(numbered["code"], []).append((count, member))
        if folder:
            code = plain_name(folder.rpartition("/")[2])
            self._folders.setdefault(code, []).append(member)

    def named(self, text: str) -> list[str]:
        """The files that a name can mean: none, one, or several that nobody can choose from."""
        path = _bare(text)
        name = path.rpartition("/")[2]
        for exact in (path, name):
            if found := self._exact.get(exact):
                return found
        return self._plain.get(plain_name(_stem(name)), [])

    def of_code(self, key: str, codes: frozenset[str] = frozenset()) -> list[str]:
        """The files that are called like a reference, in the order of their numbers.

        ``codes`` are those of all rows, plain: ``A1-2.jpg`` is of A1-2 where there is one.
        """
        code = plain_code(key)
        if not code:
            return []
        numbered = [
            member
            for number, member in sorted(self._numbered.get(code, []))
            if f"{code} {number}" not in codes and f"{code} {number:02}" not in codes
        ]
        found = [*self._plain.get(code, []), *numbered, *sorted(self._folders.get(code, []))]
        return list(dict.fromkeys(found))


def pictures_of(
    names: list[str], key: str, index: PictureIndex | None, codes: frozenset[str] = frozenset()
) -> Named:
    """What the row means; ``index`` is None when no ZIP was sent."""
    if not names:
        return _shortened(Named(index.of_code(key, codes) if index else [], [], []))
    found = Named([], [], [])
    for name in names:
        if _ADDRESS.match(name):
            _take_address(f"https:{name}" if name.startswith("//") else name, found)
        else:
            _take_member(name, index, found)
    return _shortened(found)


def plain_code(key: str) -> str:
    """A reference as file names are compared; a row without one goes by its name."""
    return plain_name(key.removeprefix(_OF_A_NAME))


def told(name: str, why: object) -> str:
    """A picture and what is wrong with it; the marks keep a name from turning the sentence."""
    shown = name if len(name) <= _SHOWN else f"…{name[1 - _SHOWN :]}"
    return f"\N{FIRST STRONG ISOLATE}{shown}\N{POP DIRECTIONAL ISOLATE}: {why}"


def _take_address(address: str, found: Named) -> None:
    try:
        require_public_form(address)
    except TwizaError as error:
        found.problems.append(told(address, error))
    else:
        found.addresses.append(address)


def _take_member(name: str, index: PictureIndex | None, found: Named) -> None:
    if index is None:
        found.problems.append(told(name, _("send the ZIP of pictures beside the table.")))
        return
    members = index.named(name)
    if len(members) == 1:
        found.members.append(members[0])
    elif members:
        found.problems.append(told(name, _("several files of the ZIP have this name.")))
    else:
        found.problems.append(told(name, _("not in the ZIP.")))


def _shortened(found: Named) -> Named:
    """At most as many as a listing can have."""
    if found.wanted <= MOST_PHOTOS:
        return found
    members = found.members[:MOST_PHOTOS]
    addresses = found.addresses[: MOST_PHOTOS - len(members)]
    note = _("A listing can have at most eight photos: the first eight are taken.")
    return Named(members, addresses, found.problems, note)


def _bare(path: str) -> str:
    """A path without case, marks of direction and what only looks different."""
    plain = unicodedata.normalize("NFKC", path.replace("\\", "/")).casefold()
    shown = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(shown.split()).strip("/")


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and 1 < len(ending) <= 5 and ending.isalnum() else name  # noqa: PLR2004
