"""Invoices of the commission, as issued."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.documents.numbering import NumberedPaper
from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Cooperative, Programme
from vendors.scoping import ScopedModel


class PaperKind(models.TextChoices):
    """What a paper is: nothing that was issued is changed, only credited by another."""

    INVOICE = "invoice", pgettext_lazy("paper", "invoice")
    CREDIT_NOTE = "credit_note", pgettext_lazy("paper", "credit note")


class CommissionInvoice(AppendOnlyModel, UUIDModel, NumberedPaper, ScopedModel):
    """What a programme invoices a cooperative for a month, or credits; never changed.

    Amounts in minor units of ``currency``, of a credit note below zero. ``covers_*`` say how much
    of the ledger's commission and of the tax booked on it the paper stands for.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="commission_invoices"
    )
    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="commission_invoices"
    )
    kind = models.CharField(max_length=12, choices=PaperKind)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    month = models.DateField()
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    covers_commission_minor = models.BigIntegerField()
    covers_tax_minor = models.BigIntegerField()

    class Meta(NumberedPaper.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "-issued_at"]),
            models.Index(fields=["cooperative", "currency", "month"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total_minor(self) -> int:
        """With tax, in minor units of ``currency``."""
        return self.net_minor + self.tax_minor
