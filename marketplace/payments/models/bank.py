"""Bank transfers of buyers, and the bank statements on which they arrive."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.payments.models.payments import Payment
from vendors.models import Programme, User


class TransferState(models.TextChoices):
    """The states of an awaited bank transfer."""

    WAITING = "waiting", pgettext_lazy("bank transfer", "expected")
    RECEIVED = "received", pgettext_lazy("bank transfer", "received")
    EXPIRED = "expired", pgettext_lazy("bank transfer", "not received in time")


class BankTransfer(UUIDModel):
    """A buyer's awaited transfer, identified by the reference written on it."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="transfer")
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(
        max_length=10, choices=TransferState, default=TransferState.WAITING, db_index=True
    )
    expires_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    # When its outcome was reported to the engine, and an expired order was cancelled.
    closed_at = models.DateTimeField(null=True)
    told_buyer_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class BankStatement(UUIDModel):
    """A bank's file that was imported for a programme: once for each file."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    file_hash = models.CharField(max_length=64)
    account = models.CharField(max_length=40, blank=True)
    statement_ids = models.CharField(max_length=300, blank=True)
    imported_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "file_hash"], name="bank_statement_once")
        ]

    def __str__(self) -> str:
        return self.statement_ids or str(self.pk)


class StagedBankStatement(UUIDModel):
    """A bank's file between its upload and its import: encrypted, kept for a day."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    # Its bytes as Latin-1 characters.
    content = EncryptedTextField()
    staged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    staged_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or str(self.pk)


class EntryState(models.TextChoices):
    """The states of an incoming entry."""

    UNMATCHED = "unmatched", pgettext_lazy("bank entry", "not matched")
    MATCHED = "matched", pgettext_lazy("bank entry", "matched")
    SET_ASIDE = "set_aside", pgettext_lazy("bank entry", "set aside")


class BankEntry(UUIDModel):
    """An incoming entry of a bank statement. Its sender is encrypted."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    # The same entry in another file is the same row.
    mark = models.CharField(max_length=80)
    booked_on = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    bank_reference = models.CharField(max_length=80, blank=True)
    remittance = models.CharField(max_length=500, blank=True)
    sender_name = EncryptedTextField(blank=True)
    sender_account = EncryptedTextField(blank=True)
    state = models.CharField(
        max_length=10, choices=EntryState, default=EntryState.UNMATCHED, db_index=True
    )
    transfer = models.ForeignKey(
        BankTransfer, null=True, on_delete=models.PROTECT, related_name="entries"
    )
    note = models.CharField(max_length=300, blank=True)
    resolved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "mark"], name="bank_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount_minor} {self.currency}"
