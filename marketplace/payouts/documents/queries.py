"""Commission invoices for pages."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from marketplace.core.errors import NotFound
from marketplace.payouts.documents.models import CommissionInvoice
from vendors.scoping import Scope

PAGE_SIZE = 25


def commission_invoices(scope: Scope, *, page: int | str = 1) -> Page[CommissionInvoice]:
    """Commission invoices and credit notes, the latest first."""
    found = listed_commission_invoices(scope).order_by("-issued_at", "-sequence")
    return Paginator(found, PAGE_SIZE).get_page(page)


def listed_commission_invoices(scope: Scope) -> QuerySet[CommissionInvoice]:
    """All of them with cooperative and credit notes, for a list."""
    rows: QuerySet[CommissionInvoice] = CommissionInvoice.objects.within(scope)
    return rows.select_related("cooperative", "corrects").prefetch_related("credit_notes")


def commission_invoice(scope: Scope, invoice_id: UUID) -> CommissionInvoice:
    """One of them; raises NotFound."""
    rows = CommissionInvoice.objects.within(scope).select_related("cooperative", "programme")
    found: CommissionInvoice | None = rows.filter(pk=invoice_id).first()
    if found is None:
        raise NotFound
    return found
