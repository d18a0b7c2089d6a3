"""Closed periods, numbers, and the accounts in the programme's own chart."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from marketplace.core.models import AppendOnlyModel, UUIDModel
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models.entries import Book, LedgerTransaction


class PeriodClosing(AppendOnlyModel, UUIDModel):
    """A closed period: a trigger refuses postings on or before ``last_on``.

    ``debit_by_currency`` are the period's debits in minor units when it was closed.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="closings")
    last_on = models.DateField()
    transaction_count = models.PositiveIntegerField()
    debit_by_currency = models.JSONField(default=dict)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "last_on"], name="period_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} until {self.last_on}"


class NumberSeries(models.Model):
    """The last number of a series in a book and year; locked while numbers are taken."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "series", "year"], name="number_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class EntryNumber(AppendOnlyModel):
    """The number of a transaction in its journal and year, given when its period is closed."""

    transaction = models.OneToOneField(
        LedgerTransaction, primary_key=True, on_delete=models.PROTECT, related_name="entry_number"
    )
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    journal = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    closing = models.ForeignKey(PeriodClosing, on_delete=models.PROTECT, related_name="numbers")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["book", "journal", "year", "number"], name="entry_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journal}-{self.year}-{self.number:06d}"


class MappedAccount(UUIDModel):
    """Number and label of an account in the programme's own chart, from a day on."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="mapped_accounts")
    code = models.CharField(max_length=20, choices=AccountCode)
    number = models.CharField(max_length=20)
    label = models.CharField(max_length=120)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "code", "valid_from"], name="mapped_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.number}"
