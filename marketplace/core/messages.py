"""Message catalogues without GNU gettext: compile them, and check that nothing is missing.

Each room has its catalogues in ``marketplace/locale/<room>/<language>/LC_MESSAGES/django.po``.
The check reads every Python file and template, collects the marked strings, and wants each of them
translated, with the same placeholders, in every language but English.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
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
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None, "translate": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SKIPPED = {"client", "migrations"}

MessageId = str | tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One thing to mend, with the place where it shows."""

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
    """``compile`` writes the .mo files, ``check`` lists what is missing; returns the exit status."""
    if action == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    findings = check()
    for finding in findings:
        print(finding, file=sys.stderr)
    print(f"{len(findings)} findings")
    return 1 if findings else 0


def compiled(path: Path) -> bytes:
    """What the .mo file beside a .po file should hold."""
    target = io.BytesIO()
    write_mo(target, _read(path))
    return target.getvalue()


def compile_all() -> int:
    """Write every .mo file; returns how many there are."""
    files = [path for language in LANGUAGES for path in catalogue_files(language)]
    for path in files:
        path.with_suffix(".mo").write_bytes(compiled(path))
    return len(files)


def used_messages() -> dict[tuple[str | None, MessageId], str]:
    """Every marked string (with its context) and the first place where it stands."""
    found: dict[tuple[str | None, MessageId], str] = {}
    for path in _source_files():
        for line, message, context in _messages_of(path):
            key = (context, message)
            found.setdefault(key, f"{path.relative_to(ROOT)}:{line}")
    return found


def check() -> list[Finding]:
    """Strings without a translation, with other placeholders, or compiled before their change."""
    used = used_messages()
    return [finding for language in LANGUAGES for finding in _check_language(language, used)]


def _check_language(
    language: str, used: dict[tuple[str | None, MessageId], str]
) -> Iterator[Finding]:
    known: dict[tuple[str | None, str], MessageId] = {}
    for path in catalogue_files(language):
        name = str(path.relative_to(ROOT))
        if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != compiled(path):
            yield Finding(name, language, "not compiled, run `twiza messages compile`", "")
        for message in _read(path):
            if message.id and message.string and not message.fuzzy:
                known[message.context, _singular(message.id)] = message.string
    for (context, used_id), where in sorted(used.items(), key=lambda item: item[1]):
        translated = known.get((context, _singular(used_id)))
        if not translated or (isinstance(translated, tuple) and not all(translated)):
            yield Finding(where, language, "not translated", _singular(used_id))
        elif isinstance(used_id, str) and isinstance(translated, str):
            if sorted(set(PLACEHOLDER.findall(used_id))) != sorted(set(PLACEHOLDER.findall(translated))):
                yield Finding(where, language, "other placeholders", used_id)
        elif isinstance(used_id, tuple) and isinstance(translated, str):
            yield Finding(where, language, "no plural forms", used_id[0])


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not SKIPPED & set(path.parts):
                if path.suffix == ".py" or "templates" in path.parts:
                    yield path


def _messages_of(path: Path) -> Iterator[tuple[int, MessageId, str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Leading blanks would look like Python's indentation to the extractor.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    source = io.BytesIO(text.encode())
    for line, message, _comments, context in extract("python", source, keywords=KEYWORDS):  # type: ignore[arg-type]
        plain = tuple(message) if isinstance(message, (tuple, list)) else message
        if plain:
            yield line, plain, context


def _read(path: Path) -> Catalog:
    with path.open("rb") as handle:
        return read_po(handle, locale=path.parent.parent.name)


def _singular(message: MessageId) -> str:
    return message[0] if isinstance(message, tuple) else message
