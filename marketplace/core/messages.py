"""Message catalogues without GNU gettext: compile them, and check that they are complete.

Each room has its catalogues in ``marketplace/locale/<room>/<language>/LC_MESSAGES/django.po``. The
check reads every Python file and template, collects the marked strings, and requires a translation
of each, with the same placeholders, in every language but English, and the same in all rooms.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
SOURCES = ("marketplace", "catalog", "vendors", "search")
LANGUAGES = ("ar", "fr")
# English is the language of the code; its one catalogue rewords the framework's own texts.
COMPILED = (*LANGUAGES, "en")
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None, "translate": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SKIPPED = {"client", "migrations"}

MessageId = str | tuple[str, ...]
Used = dict[tuple[str | None, MessageId], str]


@dataclass(frozen=True)
class Finding:
    """One problem, with its place."""

    where: str
    language: str
    what: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.language}: {self.what}: {self.message!r}"


def catalogue_files(language: str) -> list[Path]:
    """The message catalogues of a language, one for each room."""
    return sorted((PACKAGE / "locale").glob(f"*/{language}/LC_MESSAGES/django.po"))


def run_messages(action: str) -> int:
    """``compile`` writes the .mo files, ``check`` lists problems; returns the exit status."""
    if action == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    findings = check()
    for finding in findings:
        print(finding, file=sys.stderr)
    print(f"{len(findings)} findings")
    return 1 if findings else 0


def compiled(path: Path) -> bytes:
    """The expected content of the .mo file beside a .po file."""
    target = io.BytesIO()
    write_mo(target, _read(path))
    return target.getvalue()


def compile_all() -> int:
    """Write every .mo file; returns how many there are."""
    files = [path for language in COMPILED for path in catalogue_files(language)]
    for path in files:
        path.with_suffix(".mo").write_bytes(compiled(path))
    return len(files)


def used_messages() -> Used:
    """Every marked string (with its context) and the first place of its use."""
    found: Used = {}
    for path in _source_files():
        for line, message, context in _messages_of(path):
            key = (context, message)
            found.setdefault(key, f"{path.relative_to(ROOT)}:{line}")
    return found


def check() -> list[Finding]:
    """Problems of the catalogues.

    Strings without a translation, with other placeholders, translated differently by two rooms, or
    compiled before their last change.
    """
    used = used_messages()
    found = [finding for language in LANGUAGES for finding in _check_language(language, used)]
    return [*found, *(finding for language in LANGUAGES for finding in disagreements(language))]


def disagreements(language: str, files: Sequence[Path] | None = None) -> Iterator[Finding]:
    """Strings that two rooms translate differently: at run time one would win everywhere.

    Where both are right, the string needs a context (``pgettext``, ``{% translate … context %}``).
    """
    first: dict[tuple[str | None, str], tuple[MessageId, str]] = {}
    for path in catalogue_files(language) if files is None else files:
        room = path.parent.parent.parent.name
        for message in _read(path):
            if not message.id or not message.string or message.fuzzy:
                continue
            key, translated = (message.context, _singular(message.id)), _plain(message.string)
            before, where = first.setdefault(key, (translated, room))
            if before != translated:
                told = f"translated otherwise in {where}"
                yield Finding(f"{room}:{message.lineno}", language, told, key[1])


def _check_language(language: str, used: Used) -> Iterator[Finding]:
    known: dict[tuple[str | None, str], MessageId] = {}
    for path in catalogue_files(language):
        if not _is_compiled(path):
            name = str(path.relative_to(ROOT))
            yield Finding(name, language, "not compiled, run `twiza messages compile`", "")
        for message in _read(path):
            if message.id and message.string and not message.fuzzy:
                known[message.context, _singular(message.id)] = _plain(message.string)
    for (context, used_id), where in sorted(used.items(), key=lambda item: item[1]):
        if fault := _fault(used_id, known.get((context, _singular(used_id)))):
            yield Finding(where, language, fault, _singular(used_id))


def _fault(used_id: MessageId, translated: MessageId | None) -> str:
    """What is wrong with a translation; empty when nothing is."""
    if not translated or (isinstance(translated, tuple) and not all(translated)):
        return "not translated"
    if isinstance(used_id, tuple) and isinstance(translated, str):
        return "no plural forms"
    if isinstance(used_id, str) and isinstance(translated, str):
        placeholders = {frozenset(PLACEHOLDER.findall(text)) for text in (used_id, translated)}
        return "other placeholders" if len(placeholders) > 1 else ""
    return ""


def _is_compiled(path: Path) -> bool:
    binary = path.with_suffix(".mo")
    return binary.exists() and binary.read_bytes() == compiled(path)


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*")):
            template = path.suffix in {".html", ".txt"} and "templates" in path.parts
            if (template or path.suffix == ".py") and not SKIPPED & set(path.parts):
                yield path


def _messages_of(path: Path) -> Iterator[tuple[int, MessageId, str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Leading blanks would look like Python's indentation to the extractor.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    source = io.BytesIO(text.encode())
    for line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
        if message:
            yield line, _plain(message), context


def _read(path: Path) -> Catalog:
    with path.open("rb") as handle:
        catalogue = read_po(handle, locale=path.parent.parent.name)
    # A file without a date would get today's, and compile differently every day.
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    return catalogue


def _plain(message: str | tuple[str, ...] | list[str]) -> MessageId:
    return message if isinstance(message, str) else tuple(message)


def _singular(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]
