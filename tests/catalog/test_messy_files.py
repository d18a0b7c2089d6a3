"""Hostile and messy files: each ends in listings, drafts, or a message in the reader's language."""

import io

import pytest
from django.utils import translation

from catalog.content import errors_of
from catalog.errors import UnreadableFile
from catalog.import_file import read_rows
from catalog.import_rows import Defaults, ImportRow
from catalog.import_tables import MOST_BYTES
from catalog.markets import market_of
from catalog.services.import_outcomes import ImportReport
from catalog.services.import_sorting import parted, sort_out
from tests.catalog.messy_files import Outcome, cases

CASES = list(cases())


class Endless(io.RawIOBase):
    """A file of 200 megabytes that nobody has written; ``taken`` is what was read of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        """Some of it."""
        found = min(size if size >= 0 else 200_000_000, 200_000_000 - self.taken)
        self.taken += found
        return b"x" * found


def rows_of(content: bytes) -> list[ImportRow]:
    return list(read_rows(io.BytesIO(content), Defaults(market_of("ma"))))


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        rows_of(content)
    return " ".join(str(text) for text in refused.value.errors.values())


def test_there_are_enough() -> None:
    assert len({name for name, _content, _outcome in CASES}) == len(CASES) >= 60


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "outcome"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_every_file_ends_well_or_says_why(content: bytes, outcome: Outcome) -> None:
    if isinstance(outcome, str):
        with translation.override("en"):
            english = refusal(content)
        with translation.override("fr"):
            french = refusal(content)
        assert outcome in french
        assert french not in {"", english}
        return
    with translation.override("fr"):
        report = ImportReport(dry_run=True)
        drafts, whole = parted(sort_out(rows_of(content), {}, report), {})
    assert (len(whole), len(drafts), len(report.rows)) == outcome
    assert all(row.reason for row in report.rows)
    assert all(row.content and not errors_of(row.content) for row in whole)


def test_two_hundred_megabytes_are_refused_before_they_are_read() -> None:
    file = Endless()
    with pytest.raises(UnreadableFile) as refused:
        list(read_rows(file, Defaults(market_of("ma"))))  # type: ignore[arg-type]
    assert "50" in str(refused.value.errors["file"])
    assert file.taken == MOST_BYTES + 1
