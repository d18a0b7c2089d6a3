"""The pictures of an import: what the rows name, read from the ZIP or fetched from addresses.

A picture that fails never loses its row: the row becomes a draft that says what is missing.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from django.utils.translation import gettext as _

from catalog.errors import PhotoRefused
from catalog.import_pictures import Named, PictureIndex, pictures_of, told
from catalog.import_rows import ImportRow
from catalog.models import ProductFile
from catalog.photo_files import LARGEST_BYTES, safe_jpeg
from catalog.picture_archives import Files, opened, read_member
from catalog.services.import_outcomes import ImportReport
from marketplace.core.errors import TwizaError
from marketplace.core.fetching import NoAnswer, fetch, host_of
from marketplace.core.private_files import read_private

# Between two questions to the same server.
PAUSE_SECONDS = 0.2
# A server that did not answer so often in a row is asked no more.
MOST_SILENCES = 3


@dataclass
class PictureFiles:
    """Where the pictures of an import are: the names of its ZIP, and the ZIP once it is open.

    ``codes`` are the plain references of all rows. ``silences`` counts by server how often it has
    not answered in a row, ``asked_at`` when it was last asked.
    """

    index: PictureIndex | None = None
    codes: frozenset[str] = frozenset()
    files: Files = field(default_factory=dict)
    silences: Counter[str] = field(default_factory=Counter)
    asked_at: dict[str, float] = field(default_factory=dict)


def pictures_beside(source: ProductFile) -> PictureFiles:
    """The names of the pictures that were sent with a table."""
    return PictureFiles(PictureIndex(source.picture_members) if source.pictures_name else None)


@contextmanager
def open_pictures(source: ProductFile) -> Iterator[PictureFiles]:
    """The pictures that were sent with a table, to be read while the block runs."""
    beside = pictures_beside(source)
    if not source.pictures_name:
        yield beside
        return
    with opened(read_private(source.pictures_stored_at)) as files:
        beside.files = files
        yield beside


def plan(row: ImportRow, beside: PictureFiles, report: ImportReport) -> Named:
    """What the row names; what of it cannot be had is noted in the row."""
    named = pictures_of(row.pictures, row.key, beside.index, beside.codes)
    row.notes += [*named.problems, *([named.note] if named.note else [])]
    if named.problems:
        _lacks_picture(row)
    report.pictures["found"] += len(named.members)
    report.pictures["addresses"] += len(named.addresses)
    report.pictures["missing"] += len(named.problems)
    return named


def load(row: ImportRow, beside: PictureFiles, report: ImportReport) -> list[bytes]:
    """The pictures of a row as JPEG; those that fail are noted in the row."""
    named = plan(row, beside, report)
    taken = []
    for name in [*named.members, *named.addresses]:
        try:
            content = _fetched(name, beside) if name in named.addresses else _read(name, beside)
            taken.append(safe_jpeg(BytesIO(content)))
        except TwizaError as error:
            row.notes.append(told(name, _why(error)))
            _lacks_picture(row)
            report.pictures["failed"] += 1
    report.pictures["taken"] += len(taken)
    return taken


def _why(error: TwizaError) -> object:
    return getattr(error, "errors", {}).get("photo") or error


def _lacks_picture(row: ImportRow) -> None:
    if "picture" not in row.lacks:
        row.lacks.append("picture")


def _read(name: str, beside: PictureFiles) -> bytes:
    if name not in beside.files:
        raise PhotoRefused({"photo": _("not in the ZIP.")})
    return read_member(*beside.files[name])


def _fetched(address: str, beside: PictureFiles) -> bytes:
    """What a server sends; one that is silent again and again is not waited for any more."""
    host = host_of(address)
    if beside.silences[host] >= MOST_SILENCES:
        raise NoAnswer
    since = time.monotonic() - beside.asked_at.get(host, float("-inf"))
    time.sleep(max(0.0, PAUSE_SECONDS - since))
    try:
        content = fetch(address, most_bytes=LARGEST_BYTES)
    except NoAnswer:
        beside.silences[host] += 1
        raise
    finally:
        beside.asked_at[host] = time.monotonic()
    beside.silences[host] = 0
    if _is_page(content):
        raise PhotoRefused({"photo": _("the address shows a page, and no picture.")})
    return content


def _is_page(content: bytes) -> bool:
    return content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<", b"{"))
