"""The invoices and credit notes of an order, as its buyer has them."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from marketplace.payments.invoices.pdf import buyer_invoice_pdf
from marketplace.payments.invoices.queries import invoice_of_seller
from marketplace.web.documents import PDF, as_file, language_of
from marketplace.web.staff.access import StaffAccess, staff_view


@staff_view("order:read")
@require_GET
def download_document(
    request: HttpRequest, access: StaffAccess, document_id: UUID
) -> HttpResponseBase:
    """The document that a cooperative gave a buyer; raises NotFound for another scope's."""
    invoice, order = invoice_of_seller(access.scope, document_id)
    return as_file(
        lambda target: buyer_invoice_pdf(target, invoice, order),
        f"{invoice.number}.pdf",
        PDF,
        language=language_of(request),
    )
