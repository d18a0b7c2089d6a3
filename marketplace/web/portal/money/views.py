"""Pages of a cooperative's money; all queries start from the member's scope."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.payouts import queries
from marketplace.payouts.balances.balance_history import movements_paid_by
from marketplace.payouts.balances.cooperative_balances import balances_of
from marketplace.payouts.documents.commission_invoice_pdf import commission_invoice_pdf
from marketplace.payouts.documents.queries import commission_invoice
from marketplace.payouts.models import Reason
from marketplace.payouts.statements import lines as statements
from marketplace.payouts.statements.pdf import parts_of
from marketplace.web.documents import PDF, as_file, language_of, month_of, statement_file
from marketplace.web.lists.pages import show_list
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.money.money_lists import INVOICES, STATEMENTS

ROWS_ON_A_PAGE = 50
MONTHS_ON_A_PAGE = 12


@member_view("money:read")
@require_GET
def show_money(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Pending, available and being paid; statements and payouts."""
    return _page(
        request,
        access,
        "portal/money/money.html",
        money=balances_of(access.scope),
        months=statements.months(access.scope)[:MONTHS_ON_A_PAGE],
        payments=queries.payments(access.scope, page=request.GET.get("page", 1)),
    )


@member_view("money:read")
@require_GET
def list_statements(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """All months with a statement, as files in three languages."""
    return show_list(
        request, access, STATEMENTS, "portal/money/statements.html", market=_market(access)
    )


@member_view("money:read")
@require_GET
def show_statement(
    request: HttpRequest, access: MemberAccess, year: int, month: int
) -> HttpResponse:
    """A month's totals in each currency, and the movements in one of them."""
    day = month_of(year, month)
    found = statements.statements(access.scope, day)
    asked = request.GET.get("currency", access.cooperative.payout_currency)
    chosen = next((s for s in found if s.currency == asked), found[0] if found else None)
    rows = Paginator(chosen.rows if chosen else (), ROWS_ON_A_PAGE)
    return _page(
        request,
        access,
        "portal/money/statement.html",
        month=day,
        found=found,
        chosen=chosen,
        rows=rows.get_page(request.GET.get("page", 1)),
        parts=range(1, parts_of(access.cooperative, found) + 1),
    )


@member_view("money:read")
@require_GET
def download_statement(
    request: HttpRequest, access: MemberAccess, year: int, month: int, ending: str
) -> HttpResponseBase:
    """The same as a file: to print, or for a spreadsheet."""
    return statement_file(request, access.cooperative, month_of(year, month), ending)


@member_view("money:read")
@require_GET
def list_invoices(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """The programme's commission invoices and credit notes."""
    return show_list(
        request, access, INVOICES, "portal/money/invoices.html", market=_market(access)
    )


@member_view("money:read")
@require_GET
def download_invoice(
    request: HttpRequest, access: MemberAccess, invoice_id: UUID
) -> HttpResponseBase:
    """An invoice as issued, in a language."""
    invoice = commission_invoice(access.scope, invoice_id)
    return as_file(
        lambda target: commission_invoice_pdf(target, invoice),
        f"{invoice.number}.pdf",
        PDF,
        language=language_of(request),
    )


@member_view("money:read")
@require_GET
def show_payment(request: HttpRequest, access: MemberAccess, line_id: UUID) -> HttpResponse:
    """One payout and the sales in it."""
    line = queries.payment(access.scope, line_id)
    rows = movements_paid_by(access.scope, line)
    return _page(
        request,
        access,
        "portal/money/payment.html",
        line=line,
        hold=queries.hold_at(access.scope, line.run.prepared_at)
        if line.reason == Reason.ON_HOLD
        else None,
        rows=Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page", 1)),
        sums=queries.line_sums(line),
    )


def _page(
    request: HttpRequest, access: MemberAccess, template: str, **context: Any
) -> HttpResponse:
    return render(request, template, {"access": access, "market": _market(access), **context})


def _market(access: MemberAccess) -> str:
    """The market of the cooperative's country, for formats."""
    return access.cooperative.country_code.lower()
