"""The invoices and credit notes of an order, as its buyer has them."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from marketplace.web.documents import buyer_invoice_file
from marketplace.web.staff.access import StaffAccess, staff_view


@staff_view("order:read")
@require_GET
def download_document(
    request: HttpRequest, access: StaffAccess, document_id: UUID
) -> HttpResponseBase:
    """The document that a cooperative gave a buyer; raises NotFound for another scope's."""
    return buyer_invoice_file(request, access.scope, document_id)
