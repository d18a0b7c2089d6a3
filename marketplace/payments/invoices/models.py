"""Buyers' invoices and credit notes, as issued by each cooperative."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.documents.numbering import NumberedDocument
from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Cooperative
from vendors.scoping import ScopedModel


class BuyerInvoiceKind(models.TextChoices):
    """Kind of document."""

    INVOICE = "invoice", pgettext_lazy("paper", "invoice")
    CREDIT_NOTE = "credit_note", pgettext_lazy("paper", "credit note")


class BuyerInvoice(AppendOnlyModel, UUIDModel, NumberedDocument, ScopedModel):
    """What a cooperative gives a buyer: one invoice a vendor order, a credit note a refund.

    Amounts in minor units of ``currency``, taxes included, of a credit note below zero. The facts
    name no buyer: the name is drawn from the order as long as that is kept.
    """

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="buyer_invoices"
    )
    kind = models.CharField(max_length=12, choices=BuyerInvoiceKind)
    vendor_order_id = models.UUIDField(db_index=True)
    refund_id = models.UUIDField(null=True, unique=True)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    currency = models.CharField(max_length=3)
    tax_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()

    class Meta(NumberedDocument.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *NumberedDocument.Meta.constraints,
            models.UniqueConstraint(
                fields=["vendor_order_id"],
                condition=models.Q(kind="invoice"),
                name="buyer_invoice_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number
