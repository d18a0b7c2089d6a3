"""A programme's book: the balances of its accounts, and its journal. Amounts in minor units."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, Sum

from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Book, LedgerTransaction
from vendors.models import Programme

PAGE_SIZE = 25


@dataclass(frozen=True)
class AccountBalance:
    """An account of a book in one currency, debit positive; accounts of cooperatives summed."""

    code: AccountCode
    currency: str
    amount_minor: int

    @property
    def label(self) -> str:
        """The account's name in the reader's language."""
        return str(self.code.label)


def account_balances(programme: Programme) -> list[AccountBalance]:
    """The balance of every account of a programme's book, in the order of the chart."""
    book = Book.objects.filter(programme=programme).first()
    if book is None:
        return []
    sums = {
        (code, currency): total
        for code, currency, total in book.accounts.values_list("code", "currency")
        .annotate(total=Sum("entries__amount_minor"))
        .order_by()
    }
    currencies = sorted({currency for _, currency in sums})
    return [
        AccountBalance(code, currency, sums[code.value, currency])
        for currency in currencies
        for code in AccountCode
        if sums.get((code.value, currency))
    ]


def journal(
    programme: Programme, *, cause: str = "", only: Q | None = None, page: int | str = 1
) -> Page[LedgerTransaction]:
    """The transactions of a programme's book with their entries, the latest first.

    Narrowed to a cause, or to those that ``only`` selects.
    """
    book = Book.objects.filter(programme=programme).first() or Book(programme=programme)
    found = (
        book.transactions.select_related("cooperative", "entry_number")
        .prefetch_related("entries__account")
        .order_by("-booked_on", "-id")
    )
    if cause:
        found = found.filter(cause=cause)
    if only is not None:
        found = found.filter(only)
    return Paginator(found, PAGE_SIZE).get_page(page)
