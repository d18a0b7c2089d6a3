"""Bank reports about payout runs."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Programme


class BankReportKind(models.TextChoices):
    """The form of a bank report."""

    PAIN002 = "pain002", "ISO 20022 pain.002"
    CAMT053 = "camt053", "ISO 20022 camt.053"
    CSV = "csv", "CSV"


class BankReport(AppendOnlyModel, UUIDModel):
    """A report as the bank sent it (encrypted), applied once; ``sha256`` of its plain bytes."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bank_reports")
    kind = models.CharField(max_length=8, choices=BankReportKind)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="bank_report_once")
        ]

    def __str__(self) -> str:
        return self.name


class StagedBankReport(UUIDModel):
    """A report uploaded for preview and not applied yet; encrypted, deleted after a day."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = EncryptedTextField()
    staged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    staged_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class ReportedStatus(models.TextChoices):
    """The status that a bank reports of a payment."""

    ACCEPTED = "accepted", _("accepted")
    SETTLED = "settled", _("paid")
    RETURNED = "returned", _("sent back")


class Outcome(models.TextChoices):
    """What applying a reported payment did."""

    APPLIED = "applied", _("applied")
    KNOWN = "known", _("already known")
    UNMATCHED = "unmatched", _("matches no payout")
    DIFFERENT = "different", _("amount differs from the order")
    TOO_EARLY = "too_early", _("payout not sent yet")


class BankReportItem(AppendOnlyModel):
    """A payment named in a report, with the outcome of applying it."""

    report = models.ForeignKey(BankReport, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    end_to_end_id = models.CharField(max_length=35)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=ReportedStatus)
    reason = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    line_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "position"], name="bank_report_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.end_to_end_id}: {self.status}"
