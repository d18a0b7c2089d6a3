"""Numbers have no gaps, however many take them at once and however many fail."""

import threading

import pytest
from django.db import connection, transaction

from marketplace.ledger.accounting.numbering import NumberOutsideTransaction, take_numbers
from marketplace.ledger.models import Book
from marketplace.ledger.post import book_of
from tests.payouts.world import make_programme

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH = 6, 10


class GivenUp(Exception):
    """What the number was for has failed."""


def give_up_every_third(turn: int) -> None:
    if turn % 3 == 0:
        raise GivenUp


@pytest.fixture
def book() -> Book:
    return book_of(make_programme().pk)


def test_many_at_once_and_some_that_fail_leave_no_gap(book: Book) -> None:
    taken: list[int] = []

    def take(worker: int) -> None:
        try:
            for turn in range(EACH):
                try:
                    with transaction.atomic():
                        (number,) = take_numbers(book, "correction", 2026)
                        give_up_every_third(worker + turn)
                except GivenUp:
                    continue
                taken.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(worker,)) for worker in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert THREADS < len(taken) < THREADS * EACH
    assert sorted(taken) == list(range(1, len(taken) + 1))


def test_each_year_and_series_begins_anew(book: Book) -> None:
    with transaction.atomic():
        assert list(take_numbers(book, "a", 2026, 3)) == [1, 2, 3]
        assert list(take_numbers(book, "a", 2026)) == [4]
        assert list(take_numbers(book, "a", 2027)) == [1]
        assert list(take_numbers(book, "b", 2026)) == [1]


def test_a_number_is_only_given_in_a_transaction(book: Book) -> None:
    with pytest.raises(NumberOutsideTransaction):
        take_numbers(book, "a", 2026)
