"""Books and closed periods for pages and commands."""

from datetime import date

from django.core.paginator import Page, Paginator

from marketplace.ledger.accounting.periods import open_period
from marketplace.ledger.models import Book, PeriodClosing
from vendors.models import Programme

PAGE_SIZE = 24


def book_for(programme: Programme) -> Book | None:
    """The programme's book; None before the first posting."""
    return Book.objects.select_related("programme").filter(programme=programme).first()


def closings(book: Book, *, page: int | str = 1) -> Page[PeriodClosing]:
    """The closed periods, the latest first."""
    found = PeriodClosing.objects.filter(book=book).select_related("closed_by")
    return Paginator(found.order_by("-last_on"), PAGE_SIZE).get_page(page)


def usual_period(book: Book, today: date) -> tuple[date, date]:
    """The default period of a page: all that is not closed, up to today."""
    found = open_period(book)
    if found is None or found.first_on > today:
        return today.replace(day=1), today
    return found.first_on, today
