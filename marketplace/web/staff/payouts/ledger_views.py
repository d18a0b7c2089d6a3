"""The ledger as staff read it: balances of the accounts, and the journal."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from marketplace.ledger import queries
from marketplace.ledger.chart import Cause
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.payouts import run_page


@staff_view("payout:read")
@require_GET
def show_ledger(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Every account's balance, and the journal."""
    run_page.require_whole_programme(access)
    cause = request.GET.get("cause", "")
    cause = cause if cause in Cause.values else ""
    return run_page.show(
        request,
        access,
        "ledger",
        accounts=queries.account_balances(access.programme),
        journal=queries.journal(access.programme, cause=cause, page=request.GET.get("page", 1)),
        causes=Cause.choices,
        cause=cause,
    )
