"""Compares bank statements with the book's bank account, entry by entry."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Book, Entry
from marketplace.payments.bank_statements import Statement
from marketplace.payouts.reconciliation.comparison import FoundDifference
from marketplace.payouts.reconciliation.models import Counterpart, Likely
from marketplace.payouts.reconciliation.times import time_for
from vendors.scoping import Crossing


def bank_differences(book: Book, statements: Sequence[Statement]) -> Iterator[FoundDifference]:
    """Entries that only one side has; equal amounts within a few days of each other match.

    A payout run may be one entry at the bank and many in the book: runs are compared by their sum.
    """
    lines = [
        (entry.booked_on, entry.currency, entry.signed_minor, entry)
        for statement in statements
        for entry in statement.entries
    ]
    if not lines:
        return
    first, last = min(day for day, *_ in lines), max(day for day, *_ in lines)
    near = time_for("bank_books_near", on=last, programme=book.programme.slug)
    ours = _booked(book, first - near, last + near)
    for day, currency, amount, entry in sorted(lines, key=lambda line: line[:3]):
        match = _near(ours, day, currency, amount, near)
        if match is None:
            subject = f"{day}:{entry.bank_reference or entry.end_to_end_id or entry.remittance}"[
                :160
            ]
            yield FoundDifference(Counterpart.BANK, subject, currency, 0, amount, Likely.NOT_BOOKED)
        else:
            ours.subtract([match])
    for (day, currency, amount, memo), count in sorted(ours.items()):
        if count > 0 and first <= day <= last - near:
            subject = f"{day}:{memo}"[:160]
            yield FoundDifference(Counterpart.BANK, subject, currency, amount, 0, Likely.NOT_THERE)


Booked = tuple[date, str, int, str]


def _booked(book: Book, first: date, last: date) -> "Counter[Booked]":
    """The bank account's entries; those of a payout run on one day summed."""
    entries = Entry.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        account__book=book,
        account__code=AccountCode.BANK,
        transaction__booked_on__gte=first,
        transaction__booked_on__lte=last,
    )
    found: Counter[Booked] = Counter()
    runs: dict[tuple[date, str, str], int] = {}
    columns = ("transaction__booked_on", "currency", "amount_minor", "transaction__memo")
    for day, currency, amount, memo, cause in entries.values_list(*columns, "transaction__cause"):
        if cause == "payout_settled":
            key = (day, currency, memo)
            runs[key] = runs.get(key, 0) + amount
        else:
            found[day, currency, amount, memo] += 1
    for (day, currency, memo), amount in runs.items():
        found[day, currency, amount, memo] += 1
    return found


def _near(
    ours: "Counter[Booked]", day: date, currency: str, amount: int, near: timedelta
) -> Booked | None:
    fitting = [
        key
        for key, count in ours.items()
        if count > 0 and key[1:3] == (currency, amount) and abs(key[0] - day) <= near
    ]
    return min(fitting, key=lambda key: abs(key[0] - day), default=None)
