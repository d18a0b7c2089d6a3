"""Pages of a programme's documents. Each starts from what the person may reach."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.web.documents import month_of, statement_file
from marketplace.web.lists.pages import show_list
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.documents.statement_list import STATEMENTS, months_of
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from vendors.queries import find_cooperative


@list_view(STATEMENTS)
@require_GET
def list_cooperatives(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The cooperatives, to find one's statements."""
    return show_staff_list(request, access, STATEMENTS, "staff/documents/cooperatives.html")


@staff_view("payout:read")
@require_GET
def list_statements(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """The months of one cooperative, with their files in three languages."""
    cooperative = find_cooperative(access.scope, slug)
    template = "staff/documents/statements.html"
    return show_list(request, access, months_of(cooperative), template, cooperative=cooperative)


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
