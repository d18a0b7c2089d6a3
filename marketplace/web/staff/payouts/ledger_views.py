"""The ledger as staff read it: balances of the accounts, and the journal."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from marketplace.ledger import queries
from marketplace.ledger.chart import Cause
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view


@programme_view("payout:read")
@require_GET
def show_ledger(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Every account's balance, and the journal."""
    cause = request.GET.get("cause", "")
    cause = cause if cause in Cause.values else ""
    return pages.show(
        request,
        access,
        "staff/payouts/ledger.html",
        accounts=queries.account_balances(access.programme),
        journal=queries.journal(access.programme, cause=cause, page=request.GET.get("page", 1)),
        causes=Cause.choices,
        cause=cause,
    )
