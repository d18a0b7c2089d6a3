"""Pages of a programme's documents. Each starts from what the person may reach."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.payouts.statements import lines as statements
from marketplace.web.documents import month_of, statement_file
from marketplace.web.staff.access import StaffAccess, staff_view
from vendors.queries import cooperatives_in, find_cooperative

MONTHS_ON_A_PAGE = 12


@staff_view("payout:read")
@require_GET
def list_cooperatives(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The cooperatives, to find one's statements."""
    text = request.GET.get("text", "")[:80]
    page = cooperatives_in(access.scope, text=text, page=request.GET.get("page", 1))
    return _page(request, access, "cooperatives", page=page, text=text)


@staff_view("payout:read")
@require_GET
def list_statements(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """The months of one cooperative, with their files in three languages."""
    cooperative = find_cooperative(access.scope, slug)
    months = Paginator(statements.months(cooperative.scope), MONTHS_ON_A_PAGE)
    page = months.get_page(request.GET.get("page", 1))
    return _page(request, access, "statements", cooperative=cooperative, page=page)


@staff_view("payout:read")
@require_GET
def download_statement(
    request: HttpRequest, access: StaffAccess, slug: str, year: int, month: int, ending: str
) -> HttpResponseBase:
    """One cooperative's month, as it reads it itself."""
    cooperative = find_cooperative(access.scope, slug)
    return statement_file(request, cooperative, month_of(year, month), ending)


def _page(request: HttpRequest, access: StaffAccess, name: str, **context: Any) -> HttpResponse:
    return render(request, f"staff/documents/{name}.html", {"access": access, **context})
