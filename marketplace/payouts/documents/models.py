"""Commission invoices and credit notes, as issued."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.documents.numbering import NumberedDocument
from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Cooperative, Programme
from vendors.scoping import ScopedModel


class CommissionInvoiceKind(models.TextChoices):
    """Kind of document. Nothing issued is changed; a credit note corrects it."""

    INVOICE = "invoice", pgettext_lazy("paper", "invoice")
    CREDIT_NOTE = "credit_note", pgettext_lazy("paper", "credit note")


class CommissionInvoice(AppendOnlyModel, UUIDModel, NumberedDocument, ScopedModel):
    """A programme's invoice to a cooperative for a month's commission, or a credit note.

    Amounts in minor units of ``currency``, negative on a credit note. ``covers_*`` are the
    commission and the tax posted in the ledger that the document covers.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="commission_invoices"
    )
    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="commission_invoices"
    )
    kind = models.CharField(max_length=12, choices=CommissionInvoiceKind)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    month = models.DateField()
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    covers_commission_minor = models.BigIntegerField()
    covers_tax_minor = models.BigIntegerField()

    class Meta(NumberedDocument.Meta):
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
