"""The direct sales of a cooperative: the list, one of them, its documents, the file."""

from tempfile import TemporaryFile
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.direct_sales import queries
from marketplace.web.acting import by_whom
from marketplace.web.documents_handed_in import download_file
from marketplace.web.lists.asked import COLUMNS, read
from marketplace.web.lists.files import CONTENT_TYPES, CSV, write_file
from marketplace.web.lists.pages import show_list
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.direct_sales.sale_list import SALES, product_of


@member_view("sale:read")
@require_safe
def list_sales(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """All sales, the latest first."""
    return show_list(request, access, SALES, "portal/direct_sales/list.html")


@member_view("sale:read")
@require_safe
def sales_csv(_request: HttpRequest, access: MemberAccess) -> FileResponse:
    """All sales as CSV, with every column."""
    every = QueryDict(mutable=True)
    every.setlist(COLUMNS, [column.key for column in SALES.columns])
    target = TemporaryFile()  # noqa: SIM115 -- the response closes it
    write_file(read(SALES, access, every), CSV, target, lambda _done, _total: None)
    target.seek(0)
    name = f"{access.cooperative.slug}-direct-sales-{timezone.localdate().isoformat()}.csv"
    response = FileResponse(
        target, as_attachment=True, filename=name, content_type=CONTENT_TYPES[CSV]
    )
    response["Cache-Control"] = "no-store"
    return response


@member_view("sale:read")
@require_safe
def show(request: HttpRequest, access: MemberAccess, sale_id: UUID) -> HttpResponse:
    """One sale: what it says, what the stock knows, its documents, who did what and why."""
    sale = queries.find_sale(access.scope, sale_id)
    history = [
        (change, by_whom(change.by, access.cooperative) if change.by else "")
        for change in sale.history.select_related("by")
    ]
    context = {
        "sale": sale,
        "noted": queries.with_notes([sale])[0],
        "product": product_of(sale),
        "listing_id": sale.variant.listing_id,
        "documents": list(sale.documents.all()),
        "history": history,
    }
    return render(request, "portal/direct_sales/sale.html", context)


@member_view("sale:read")
@require_safe
def fetch(
    request: HttpRequest,  # noqa: ARG001
    access: MemberAccess,
    kept_id: UUID,
) -> HttpResponseBase:
    """A document as it is kept."""
    kept = queries.find_document(access.scope, kept_id)
    name = f"{_('Receipt or invoice')}.{kept.ending}"
    return download_file(kept.stored_at, kept.content_type, name)
