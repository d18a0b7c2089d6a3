"""Pages of the ledger."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core import audit
from marketplace.core.errors import Forbidden, NotFound, TwizaError
from marketplace.ledger.accounting import fec, queries, trial
from marketplace.ledger.accounting.base_trial import base_trial_balance
from marketplace.ledger.accounting.mapping import mapping_on
from marketplace.ledger.accounting.periods import open_months, open_period
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.errors import RateMissing
from marketplace.ledger.models import Book
from marketplace.payouts import services
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.books.forms import MapForm, PeriodForm
from vendors.permissions import StaffPermission


@programme_view("payout:read")
@require_GET
def show_books(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The trial balance of a period, closed months, and exports."""
    book = queries.book_for(access.programme)
    may = {
        "may_open": access.allows(StaffPermission.BOOKS_KEEP),
        "may_match": access.allows(StaffPermission.REFUND_MAKE),
    }
    if book is None:
        return pages.show(request, access, "staff/books/books.html", **may)
    form = PeriodForm.of(request.GET, queries.usual_period(book, timezone.localdate()))
    lines = trial.trial_balance(book, *_days(form)) if form.is_valid() else []
    currency = access.programme.base_currency
    is_mixed = any(line.currency != currency for line in lines)
    return pages.show(
        request,
        access,
        "staff/books/books.html",
        status=200 if form.is_valid() else 422,
        form=form,
        lines=lines,
        totals=trial.totals(lines),
        **(_in_base_currency(book, *_days(form)) if is_mixed else {}),
        closings=queries.closings(book, page=request.GET.get("page", 1)),
        next_period=open_period(book),
        to_close=len(open_months(book)),
        may_keep=access.allows(StaffPermission.BOOKS_KEEP),
        **may,
        asked=request.GET.urlencode(),
    )


def _in_base_currency(book: Book, first: date, last: date) -> dict[str, Any]:
    """The same balance in the book's currency, or why it cannot be converted."""
    try:
        lines = base_trial_balance(book, first, last)
    except RateMissing as missing:
        return {"rate_missing": str(missing)}
    return {"base_lines": lines, "base_totals": trial.totals(lines)}


@programme_view("books:keep")
@require_GET
def download_base_trial(request: HttpRequest, access: StaffAccess) -> HttpResponseBase:
    """The trial balance in the book's currency as CSV."""
    book, first, last = _asked(request, access)
    try:
        content = trial.trial_csv(base_trial_balance(book, first, last))
    except RateMissing as missing:
        messages.error(request, str(missing))
        return redirect("staff:books", programme=access.programme.slug)
    _note(access, book, "trial balance in the base currency", first, last)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    return _as_file(response, f"balance-{book.programme.base_currency}-{first}-{last}.csv")


@programme_view("books:keep")
@require_GET
def download_trial(request: HttpRequest, access: StaffAccess) -> HttpResponseBase:
    """The trial balance as CSV."""
    book, first, last = _asked(request, access)
    content = trial.trial_csv(trial.trial_balance(book, first, last))
    _note(access, book, "trial balance", first, last)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    return _as_file(response, f"balance-{first}-{last}.csv")


@programme_view("books:keep")
@require_GET
def download_fec(request: HttpRequest, access: StaffAccess) -> HttpResponseBase:
    """The journal in the layout of the French tax administration."""
    book, first, last = _asked(request, access)
    return _stream(access, book, first, last, fec.fec_rows, fec.fec_name(book, last))


@programme_view("books:keep")
@require_GET
def download_journal(request: HttpRequest, access: StaffAccess) -> HttpResponseBase:
    """The journal as CSV."""
    book, first, last = _asked(request, access)
    return _stream(access, book, first, last, fec.csv_rows, f"journal-{first}-{last}.csv")


@programme_view("payout:read", moves_money=True)
@require_http_methods(["GET", "POST"])
def show_chart(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Every account with its name in the programme's chart; finance may change it."""
    may_keep = access.allows(StaffPermission.BOOKS_KEEP)
    today = timezone.localdate()
    form = MapForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and not may_keep:
        raise Forbidden
    if form.is_valid():
        given = form.cleaned_data | {"code": AccountCode(form.cleaned_data["code"])}
        try:
            services.map_account(programme=access.programme, by=access.by, **given)
        except TwizaError as refused:
            form.add_error("valid_from", str(refused))
        else:
            messages.success(request, _("Saved. Exports for later dates use it."))
            return redirect("staff:books-chart", programme=access.programme.slug)
    book = queries.book_for(access.programme) or Book(programme=access.programme)
    names = mapping_on(book, today)
    return pages.show(
        request,
        access,
        "staff/books/chart.html",
        status=422 if form.is_bound else 200,
        form=form if may_keep else None,
        accounts=[(code, names[code]) for code in AccountCode],
    )


def _asked(request: HttpRequest, access: StaffAccess) -> tuple[Book, date, date]:
    """The book and the period of an export; raises NotFound for an invalid one."""
    book = queries.book_for(access.programme)
    if book is None:
        raise NotFound
    form = PeriodForm.of(request.GET, queries.usual_period(book, timezone.localdate()))
    if not form.is_valid():
        raise NotFound
    return book, *_days(form)


def _days(form: PeriodForm) -> tuple[date, date]:
    return form.cleaned_data["first_on"], form.cleaned_data["last_on"]


def _stream(
    access: StaffAccess,
    book: Book,
    first: date,
    last: date,
    rows: Callable[[Book, date, date], Iterator[str]],
    name: str,
) -> HttpResponseBase:
    _note(access, book, name, first, last)
    found = rows(book, first, last)
    kind = "text/csv" if name.endswith(".csv") else "text/plain"
    return _as_file(StreamingHttpResponse(found, content_type=f"{kind}; charset=utf-8"), name)


def _note(access: StaffAccess, book: Book, what: str, first: date, last: date) -> None:
    audit.record(
        "books.export", book, by=access.by, file=what, first_on=str(first), last_on=str(last)
    )


def _as_file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
