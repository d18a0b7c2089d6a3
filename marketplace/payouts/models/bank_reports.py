"""Reports of the bank about payout runs."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Programme


class AnswerKind(models.TextChoices):
    """In which form the bank answers."""

    PAIN002 = "pain002", "ISO 20022 pain.002"
    CAMT053 = "camt053", "ISO 20022 camt.053"
    CSV = "csv", "CSV"


class BankAnswer(AppendOnlyModel, UUIDModel):
    """A file in which the bank answered, kept as it came (encrypted) under its hash, taken once."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bank_answers")
    kind = models.CharField(max_length=8, choices=AnswerKind)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="bank_answer_once")
        ]

    def __str__(self) -> str:
        return self.name


class StagedAnswer(UUIDModel):
    """A bank's file that somebody looks at before it is taken; encrypted, forgotten after a day."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = EncryptedTextField()
    staged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    staged_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What the bank says of one payment."""

    ACCEPTED = "accepted", _("accepted")
    SETTLED = "settled", _("paid")
    RETURNED = "returned", _("sent back")


class Outcome(models.TextChoices):
    """What taking a bank's word did."""

    APPLIED = "applied", _("applied")
    KNOWN = "known", _("already known")
    UNMATCHED = "unmatched", _("matches no payout")
    DIFFERENT = "different", _("amount differs from the order")
    TOO_EARLY = "too_early", _("payout not sent yet")


class BankAnswerItem(AppendOnlyModel):
    """One payment that an answer names, and what became of its word."""

    answer = models.ForeignKey(BankAnswer, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    end_to_end_id = models.CharField(max_length=35)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    line_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["answer", "position"], name="bank_answer_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.end_to_end_id}: {self.verdict}"
