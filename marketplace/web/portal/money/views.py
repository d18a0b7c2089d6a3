"""Pages of a cooperative's money; every one starts from the member's scope."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from marketplace.core.errors import NotFound
from marketplace.payouts import queries, statements
from marketplace.payouts.statement_files import XLSX, statement_csv, statement_xlsx
from marketplace.web.portal.access import MemberAccess, member_view

FILES = {
    "csv": ("text/csv; charset=utf-8", statement_csv),
    "xlsx": (XLSX, statement_xlsx),
}


@dataclass(frozen=True)
class Purse:
    """A cooperative's money in one currency, with the parts of it that are not zero."""

    balance: queries.Balance
    is_main: bool


@member_view("money:read")
@require_GET
def show_money(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What is coming, available and being paid; the months and the payments."""
    return _page(
        request,
        access,
        "portal/money/money.html",
        purses=_purses(access),
        months=statements.months(access.scope)[:12],
        payments=queries.payments(access.scope, page=request.GET.get("page", 1)),
    )


@member_view("money:read")
@require_GET
def show_statement(
    request: HttpRequest, access: MemberAccess, year: int, month: int
) -> HttpResponse:
    """The movements of one month."""
    day = _month(year, month)
    return _page(
        request,
        access,
        "portal/money/statement.html",
        month=day,
        found=statements.statements(access.scope, day),
    )


@member_view("money:read")
@require_GET
def download_statement(
    _request: HttpRequest, access: MemberAccess, year: int, month: int, ending: str
) -> HttpResponse:
    """The same movements for a spreadsheet."""
    day = _month(year, month)
    kind, write = FILES[ending]
    content = write(statements.statements(access.scope, day))
    response = HttpResponse(content, content_type=kind)
    name = f"{access.cooperative.slug}-{day:%Y-%m}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@member_view("money:read")
@require_GET
def show_payment(request: HttpRequest, access: MemberAccess, line_id: UUID) -> HttpResponse:
    """One payment and the sales it is made of."""
    line = queries.payment(access.scope, line_id)
    rows = statements.sale_rows(access.scope, line)
    return _page(
        request,
        access,
        "portal/money/payment.html",
        line=line,
        rows=rows,
        carried_minor=line.amount_minor - sum(row.amount_minor for row in rows),
    )


def _purses(access: MemberAccess) -> list[Purse]:
    """The payout currency first, even when nothing is in it."""
    main = access.cooperative.payout_currency
    found = queries.balances(access.scope)
    if not any(balance.currency == main for balance in found):
        found.append(queries.Balance(access.cooperative.pk, main))
    found.sort(key=lambda balance: (balance.currency != main, balance.currency))
    return [Purse(balance, balance.currency == main) for balance in found]


def _month(year: int, month: int) -> date:
    """The month of an address; raises NotFound for none that can be, or one to come."""
    try:
        day = date(year, month, 1)
    except ValueError as error:
        raise NotFound from error
    if day > timezone.localdate():
        raise NotFound
    return day


def _page(
    request: HttpRequest, access: MemberAccess, template: str, **context: Any
) -> HttpResponse:
    market = access.cooperative.country_code.lower()
    return render(request, template, {"access": access, "market": market, **context})
