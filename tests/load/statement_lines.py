"""A month of ten thousand movements as CSV, XLSX and PDF: time and memory.

    uv run --group dev pytest -q -s tests/load/statement_lines.py

Each file is written for 1,000 and for 10,000 movements; memory must not grow with them. Prints
seconds, those that a processor worked for it, and the growth of the process's peak memory (MB);
asserts the memory only, as time says something of the machine.
"""

import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import IO
from uuid import uuid4

import pytest

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.post import book_of, post_all
from marketplace.payouts.statements.files import statement_csv, statement_xlsx
from marketplace.payouts.statements.lines import statements
from marketplace.payouts.statements.pdf import parts_of, statement_pdf
from tests.payouts.world import make_cooperative, make_programme
from vendors.models import Cooperative, Programme

NOVEMBER = date(2026, 11, 1)
WHEN = datetime(2026, 11, 3, 10, tzinfo=UTC)
AT_ONCE = 500
# Of the second, ten times as long run; what the first run loads is not counted.
MOST_GROWTH_MB = 120


def book_sales(programme: Programme, cooperative: Cooperative, count: int) -> None:
    book = book_of(programme.pk)
    for first in range(0, count, AT_ONCE):
        post_all(
            [
                Posting(
                    book,
                    f"load:{cooperative.slug}:{number}",
                    Cause.PARCEL_DELIVERED,
                    [
                        Leg(AccountCode.HELD, Money(10_000 + number, "MAD")),
                        Leg(AccountCode.RELEASED, Money(-8_800 - number, "MAD")),
                        Leg(AccountCode.COMMISSION, Money(-1_200, "MAD")),
                    ],
                    WHEN,
                    WHEN.date(),
                    About(cooperative_id=cooperative.pk, sale_id=uuid4()),
                )
                for number in range(first, min(first + AT_ONCE, count))
            ]
        )


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(name: str, count: int, write: Callable[[IO[bytes]], None]) -> float:
    before, began, worked = peak_mb(), time.monotonic(), time.process_time()
    with tempfile.TemporaryFile() as target:
        write(target)
        size = target.tell()
    grown = peak_mb() - before
    took, worked = time.monotonic() - began, time.process_time() - worked
    print(
        f"{name} {count:>6} movements: {took:5.1f} s ({worked:4.1f} s of a processor), "
        f"{size / 1e6:5.2f} MB, peak +{grown:.0f} MB"
    )
    return grown


def growth_of(cooperative: Cooperative, count: int) -> float:
    """Write every file of the month; returns by how many MB the peak grew."""
    scope, found = cooperative.scope, statements(cooperative.scope, NOVEMBER)
    assert len(found[0].rows) == count
    grown = measured("csv", count, lambda out: statement_csv(out, scope, found))
    grown += measured("xlsx", count, lambda out: statement_xlsx(out, scope, found))
    for part in range(1, parts_of(cooperative, found) + 1):

        def draw(out: IO[bytes], part: int = part) -> None:
            statement_pdf(out, cooperative, NOVEMBER, found, part=part)

        grown += measured(f"pdf, part {part}", count, draw)
    return grown


@pytest.mark.django_db
def test_ten_thousand_movements_need_no_more_memory_than_one_thousand() -> None:
    programme = make_programme()
    for count in (1_000, 10_000):
        cooperative = make_cooperative(programme, f"coop-{count}")
        book_sales(programme, cooperative, count)
        grown = growth_of(cooperative, count)
    assert grown < MOST_GROWTH_MB
