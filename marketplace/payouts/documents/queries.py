"""Commission invoices for pages."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.core.errors import NotFound
from marketplace.payouts.documents.models import CommissionInvoice
from vendors.scoping import Scope


def listed_commission_invoices(scope: Scope) -> QuerySet[CommissionInvoice]:
    """Commission invoices and credit notes, with the cooperative, for a list."""
    rows: QuerySet[CommissionInvoice] = CommissionInvoice.objects.within(scope)
    return rows.select_related("cooperative", "corrects").prefetch_related("credit_notes")


def commission_invoice(scope: Scope, invoice_id: UUID) -> CommissionInvoice:
    """One of them; raises NotFound."""
    rows = CommissionInvoice.objects.within(scope).select_related("cooperative", "programme")
    found: CommissionInvoice | None = rows.filter(pk=invoice_id).first()
    if found is None:
        raise NotFound
    return found
