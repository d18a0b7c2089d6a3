"""A ZIP of pictures as people send it: its files by name, and why some of them are not taken.

Nothing is ever unpacked to a path that the ZIP names: a picture is read into memory, by itself.
"""

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.errors import PhotoRefused, PhotoTooLarge, UnreadableArchive
from catalog.photo_files import LARGEST_BYTES

MOST_BYTES = 200_000_000
MOST_MEMBERS = 20_000
MOST_UNPACKED_BYTES = 4_000_000_000
ENDINGS = frozenset(
    [
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".webp",
        ".heic",
        ".heif",
        ".hif",
        ".avif",
        ".tif",
        ".gif",
        ".bmp",
    ]
)
_IGNORED = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_UTF_8, _ENCRYPTED = 0x800, 0x1
# Of DOS and Windows, whose programs do not say how they write names.
_CODE_PAGES = ("cp850", "cp1256", "cp720")
_WORD = re.compile(r"[\s\d_.,;()/\\'’-]+")
_ARABIC = re.compile("[\u0621-\u0652]+")
_FRENCH = re.compile("(?=.*[A-Za-z])[A-Za-z\u00c0-\u017f]+")

WHY: dict[str, str | Promise] = {
    "path": _("its path leads out of the ZIP, so it is not read."),
    "link": _("it is a link and no picture."),
    "password": _("it has a password."),
    "nested": _("a ZIP inside the ZIP is not opened. Put its pictures into the first one."),
    "kind": _("it is no picture. Use JPEG, HEIC, PNG or WebP."),
    "large": PhotoTooLarge.message,
    "twice": _("the ZIP has several files of this name and path: none of them is taken."),
}


Files = dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]]


class Listed(NamedTuple):
    """The files of a ZIP that can be read, and the others with the reason, a name of ``WHY``."""

    members: list[str]
    problems: list[tuple[str, str]]


def list_archive(file: IO[bytes]) -> Listed:
    """What is in a ZIP; raises UnreadableArchive for one that is not to be used at all."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableArchive({"pictures": UnreadableArchive.message}) from error
    _require_modest(entries)
    found = Listed([], [])
    names = names_of(entries)
    repeated = {name for name, count in Counter(names).items() if count > 1}
    for entry, name in zip(entries, names, strict=True):
        if _is_ignored(entry, name):
            continue
        if why := _problem(entry, name, repeated):
            found.problems.append((name[-200:], why))
        else:
            found.members.append(name)
    if (
        not found.members
        and found.problems
        and all(why == "password" for _n, why in found.problems)
    ):
        raise UnreadableArchive({"pictures": _("This ZIP has a password. Send it without one.")})
    return Listed(found.members, list(dict.fromkeys(found.problems)))


@contextmanager
def opened(chunks: Iterator[bytes]) -> Iterator[Files]:
    """The files of a ZIP by name while the block runs; the ZIP stands on the disk meanwhile."""
    with TemporaryFile() as file:
        for chunk in chunks:
            file.write(chunk)
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            files = [(archive, entry) for entry in entries]
            yield dict(zip(names_of(entries), files, strict=True))


def read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file, whatever it says of its size; raises PhotoRefused and PhotoTooLarge."""
    try:
        with archive.open(entry) as member:
            content = member.read(LARGEST_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise PhotoRefused({"photo": PhotoRefused.message}) from error
    except Exception as error:
        # The decompressors have errors of their own (zlib, lzma).
        if type(error).__module__ in {"zlib", "_lzma", "lzma"}:
            raise PhotoRefused({"photo": PhotoRefused.message}) from error
        raise
    if len(content) > LARGEST_BYTES:
        raise PhotoTooLarge({"photo": PhotoTooLarge.message})
    return content


def names_of(entries: list[zipfile.ZipInfo]) -> list[str]:
    """The names as their author wrote them, also where a ZIP does not say in which letters."""
    unsaid = [entry for entry in entries if not _is_said(entry)]
    raw = [entry.filename.encode("cp437", "replace") for entry in unsaid]
    encoding = _encoding_of(b"\n".join(raw))
    written = {id(e): name.decode(encoding, "replace") for e, name in zip(unsaid, raw, strict=True)}
    return [written.get(id(entry), entry.filename) for entry in entries]


def _encoding_of(names: bytes) -> str:
    """UTF-8 where it can be, else the code page whose letters make words; the first of equals."""
    try:
        names.decode("utf-8")
    except UnicodeDecodeError:
        return max(_CODE_PAGES, key=lambda page: _likelihood(names.decode(page, "replace")))
    return "utf-8"


def _likelihood(text: str) -> int:
    """Words of Arabic letters alone, or of plain letters with accented ones among them."""
    words = [word for word in _WORD.split(text) if not word.isascii()]
    return sum(1 if _ARABIC.fullmatch(word) or _FRENCH.fullmatch(word) else -1 for word in words)


def _is_said(entry: zipfile.ZipInfo) -> bool:
    return bool(entry.flag_bits & _UTF_8) or entry.filename.isascii()


def _require_modest(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_MEMBERS:
        told = _("A ZIP can have at most 20,000 files. Make several and import several tables.")
        raise UnreadableArchive({"pictures": told})
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        told = _(
            "Unpacked, this ZIP is far too large. Make the pictures smaller and send it again."
        )
        raise UnreadableArchive({"pictures": told})


def _is_ignored(entry: zipfile.ZipInfo, name: str) -> bool:
    """What computers put into a ZIP by themselves."""
    parts = name.replace("\\", "/").casefold().split("/")
    return entry.is_dir() or parts[-1].startswith("._") or any(part in _IGNORED for part in parts)


def _problem(entry: zipfile.ZipInfo, name: str, repeated: set[str]) -> str:
    path = name.replace("\\", "/")
    ending = PurePosixPath(path).suffix.casefold()
    checks = {
        "path": path.startswith("/") or ".." in path.split("/") or path[1:2] == ":",
        "link": stat.S_ISLNK(entry.external_attr >> 16),
        "password": bool(entry.flag_bits & _ENCRYPTED),
        "nested": ending in {".zip", ".rar", ".7z", ".tar", ".gz"},
        "kind": ending not in ENDINGS,
        "large": entry.file_size > LARGEST_BYTES,
        "twice": name in repeated,
    }
    return next((why for why, is_so in checks.items() if is_so), "")
