"""Closing months of the books: one, or several at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import NotFound, TwizaError
from marketplace.ledger.accounting import queries, trial
from marketplace.ledger.accounting.month_sums import month_sums
from marketplace.ledger.accounting.periods import open_months, open_period
from marketplace.payouts import services
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.books.forms import CloseForm
from marketplace.web.staff.payouts.run_page import format_of


@programme_view("books:keep")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Close the oldest open month, or all up to a later one, irrevocably."""
    book = queries.book_for(access.programme)
    period = open_period(book) if book else None
    if book is None or period is None:
        raise NotFound
    months, written = open_months(book), format_of(access)
    ends = [(month.last_on, written.day(month.last_on, weekday=False)) for month in months]
    form = CloseForm(request.POST or None, ends=ends, initial={"last_on": period.last_on})
    if form.is_valid() and _close(request, access, form):
        return redirect("staff:books", programme=access.programme.slug)
    last_on = months[-1].last_on if months else period.last_on
    lines = trial.trial_balance(book, period.first_on, last_on)
    return pages.show(
        request,
        access,
        "staff/books/close.html",
        status=422 if form.is_bound else 200,
        form=form,
        period=period,
        months=month_sums(book, months),
        last_on=last_on,
        lines=lines,
        totals=trial.totals(lines),
    )


def _close(request: HttpRequest, access: StaffAccess, form: CloseForm) -> bool:
    """Whether the months were closed; otherwise the form says why not."""
    try:
        closed = services.close_months(
            programme=access.programme, last_on=form.cleaned_data["last_on"], by=access.by
        )
    except TwizaError as refused:
        form.add_error(None, str(refused))
        return False
    done = ngettext(
        "%(count)s period closed. Its entries now have their final numbers.",
        "%(count)s periods closed. Their entries now have their final numbers.",
        len(closed),
    )
    messages.success(request, done % {"count": len(closed)})
    return True
