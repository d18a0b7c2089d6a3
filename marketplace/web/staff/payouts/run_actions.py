"""What staff do with one payout run: take it on, make its file, send it, settle it."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.payouts import queries, services
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.payouts import run_page
from marketplace.web.staff.payouts.forms import ConfirmForm, ReturnForm


def _action(
    permission: str, act: Callable[..., object], done: Promise
) -> Callable[..., HttpResponseBase]:
    """A page to which a button of the run's page posts: ``act`` on the run, then back to it."""

    @staff_view(permission)
    @require_POST
    def view(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
        run = queries.run(access.scope, reference)
        return run_page.act(request, access, run, lambda: act(run=run, by=access.by), done)

    return view


submit_draft = _action(
    "payout:prepare",
    services.submit_draft,
    gettext_lazy("You are now responsible for this payout run. Someone else must approve it."),
)
send_by_provider = _action(
    "payout:prepare",
    services.send_by_provider,
    gettext_lazy("Sent. Payouts that the provider could not make yet are retried automatically."),
)
make_file = _action(
    "payout:handle", services.make_bank_file, gettext_lazy("The bank files are ready.")
)
mark_sent = _action(
    "payout:prepare", services.mark_sent, gettext_lazy("Recorded: the file was sent to the bank.")
)


@programme_view("payout:prepare")
@require_http_methods(["GET", "POST"])
def mark_settled(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """The bank paid every line that is still open."""
    run = queries.run(access.scope, reference)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        return run_page.act(
            request,
            access,
            run,
            lambda: services.mark_settled(run=run, by=access.by),
            _("Settled. The payouts are booked to the cooperatives' accounts."),
        )
    tally = queries.tallies(access.scope, run).get("ready")
    return pages.show(request, access, "staff/payouts/settle.html", run=run, form=form, tally=tally)


@programme_view("payout:prepare")
@require_http_methods(["GET", "POST"])
def mark_returned(
    request: HttpRequest, access: StaffAccess, reference: str, line_id: UUID
) -> HttpResponse:
    """The bank sent one payment back: it is available again and never counts as paid."""
    run = queries.run(access.scope, reference)
    line = queries.run_line(access.scope, run, line_id)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        return run_page.act(
            request,
            access,
            run,
            lambda: services.mark_returned(
                line=line, reason=form.cleaned_data["reason"], by=access.by
            ),
            _("Recorded. The amount is available to the cooperative again."),
        )
    return pages.show(request, access, "staff/payouts/returned.html", run=run, line=line, form=form)
