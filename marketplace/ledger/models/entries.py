"""Tables of the ledger. Append-only: enforced by triggers and the runtime role's privileges."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from marketplace.core.models import AppendOnlyModel, UUIDModel
from marketplace.ledger.chart import COOPERATIVE_ACCOUNTS, AccountCode, Cause
from vendors.models import Cooperative, Programme
from vendors.scoping import ScopedModel


class Book(UUIDModel):
    """A programme's set of accounts."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="book")
    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"book of {self.programme_id}"


class Account(AppendOnlyModel, ScopedModel):
    """An account of a book in one currency; for some codes one for each cooperative."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=20, choices=AccountCode)
    cooperative = models.ForeignKey(
        Cooperative, null=True, on_delete=models.PROTECT, related_name="ledger_accounts"
    )
    currency = models.CharField(max_length=3)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["book", "code", "cooperative", "currency"],
                name="ledger_account_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="ledger_account_of_cooperative",
                condition=Q(code__in=sorted(COOPERATIVE_ACCOUNTS), cooperative__isnull=False)
                | (~Q(code__in=sorted(COOPERATIVE_ACCOUNTS)) & Q(cooperative__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.currency}"


class LedgerTransaction(AppendOnlyModel, ScopedModel):
    """One balanced transaction; its ``key`` makes it unique.

    The database refuses entries beyond ``entry_count``.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="transactions")
    key = models.CharField(max_length=160, unique=True)
    cause = models.CharField(max_length=24, choices=Cause)
    cooperative = models.ForeignKey(
        Cooperative, null=True, on_delete=models.PROTECT, related_name="ledger_transactions"
    )
    # References to rows of other rooms, without foreign keys: a vendor order, a payout line.
    sale_id = models.UUIDField(null=True)
    payout_line_id = models.UUIDField(null=True)
    entry_count = models.PositiveSmallIntegerField()
    memo = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField()
    booked_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["book", "-booked_on", "-id"]),
            models.Index(fields=["cooperative", "booked_on"]),
            models.Index(
                fields=["sale_id"], name="ledger_sale", condition=Q(sale_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Entry(AppendOnlyModel, ScopedModel):
    """An entry: ``amount_minor`` minor units of ``currency``, debit positive, credit negative."""

    scope_path: ClassVar[str] = "account__cooperative"

    id = models.BigAutoField(primary_key=True)
    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="entries"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="ledger_entry_not_zero", condition=~Q(amount_minor=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}"
