"""The page of opening balances: a file is previewed, then booked."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.money import Money
from marketplace.core.uploads import takes_files
from marketplace.ledger.accounting.bring_in_balances import Opening
from marketplace.ledger.accounting.opening_file import LARGEST_BYTES, Problem, read_openings
from marketplace.ledger.errors import OpeningsUnreadable
from marketplace.payouts import services
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.books.forms import OpeningForm
from marketplace.web.staff.pages import market_of
from vendors.queries import cooperatives_named

PROBLEMS_SHOWN = 50
LINES_SHOWN = 200


# With its preview the file comes back as text, where a byte may be written as three.
LARGEST_FORM = 4 * LARGEST_BYTES


@dataclass(frozen=True)
class Line:
    """A balance as shown; one of the two amounts is zero."""

    account: str
    cooperative: str
    currency: str
    debit_minor: int
    credit_minor: int


@programme_view("books:keep")
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(LARGEST_FORM)
def bring_in(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Preview a file of balances, line by line; the second button books them, once."""
    form = OpeningForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    found: list[Opening] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            found = read_openings(access.programme, given["bytes"], given["on"])
            if "keep" in request.POST:
                services.bring_in_balances(
                    programme=access.programme,
                    on=given["on"],
                    balances=found,
                    source=given["source"],
                    by=access.by,
                )
                messages.success(request, _("Booked. The balances appear in the trial balance."))
                return redirect("staff:books", programme=access.programme.slug)
        except OpeningsUnreadable as unreadable:
            problems = unreadable.problems
            form.add_error("file", str(unreadable))
        except TwizaError as refused:
            form.add_error(None, str(refused))
    context = _preview(access, form, found, problems)
    status = 422 if form.errors else 200
    return render(request, "staff/books/opening.html", context, status=status)


def _preview(
    access: StaffAccess, form: OpeningForm, found: list[Opening], problems: list[Problem]
) -> dict[str, Any]:
    return {
        "access": access,
        "form": form,
        "problems": problems[:PROBLEMS_SHOWN],
        "more_problems": max(0, len(problems) - PROBLEMS_SHOWN),
        "lines": _lines(access, found[:LINES_SHOWN]) if not form.errors else [],
        "line_count": len(found),
        "rests": _rests(found) if not form.errors else [],
        "content": form.cleaned_data["bytes"].decode() if found and not form.errors else "",
        "market": market_of(access),
    }


def _lines(access: StaffAccess, found: list[Opening]) -> list[Line]:
    names = cooperatives_named(access.scope, [o.cooperative_id for o in found if o.cooperative_id])
    return [
        Line(
            str(code.label),
            names.get(owner, "") if owner else "",
            money.currency,
            max(0, money.amount_minor),
            max(0, -money.amount_minor),
        )
        for code, money, owner in found
    ]


def _rests(found: list[Opening]) -> list[Money]:
    """By how much the balances of each currency do not add up: booked on the opening account."""
    sums: dict[str, int] = {}
    for opening in found:
        currency = opening.money.currency
        sums[currency] = sums.get(currency, 0) - opening.money.amount_minor
    return [Money(amount, currency) for currency, amount in sorted(sums.items())]
