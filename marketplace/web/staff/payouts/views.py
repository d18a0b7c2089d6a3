"""Pages of payout runs: the list, preparing, one run, its approval and its bank file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.payouts import queries, services
from marketplace.payouts.models import PayoutRun
from marketplace.payouts.runs.lines_csv import lines_csv
from marketplace.payouts.runs.schedule import next_due
from marketplace.web.outcomes import pass_on_rights
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.payouts import run_page
from marketplace.web.staff.payouts.forms import (
    ApproveForm,
    PrepareForm,
    SendBackForm,
)
from marketplace.web.staff.payouts.payout_lists import RUNS
from vendors.permissions import StaffPermission


@staff_view("payout:read")
@require_GET
def list_runs(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The payouts of the programme, and what could be paid now; balances for some regions only."""
    if not access.scope.is_whole:
        return redirect("staff:cooperatives-money", programme=access.programme.slug)
    currencies = run_page.payable_currencies(access)
    providers = queries.payout_methods_in_use(access.scope)
    form = PrepareForm(currencies=currencies, providers=providers) if currencies else None
    return show_staff_list(
        request,
        access,
        RUNS,
        "staff/payouts/list.html",
        is_finance=access.allows(StaffPermission.PAYOUT_HANDLE),
        form=form if access.allows(StaffPermission.PAYOUT_PREPARE) else None,
        several_providers=len(providers) > 1,
        next_due=next_due(access.programme),
    )


@programme_view("payout:prepare")
@require_POST
def prepare(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Prepare a payout in one currency."""
    form = PrepareForm(
        request.POST,
        currencies=run_page.payable_currencies(access),
        providers=queries.payout_methods_in_use(access.scope),
    )
    if not form.is_valid():
        messages.error(request, _("Choose a currency with available amounts."))
        return redirect("staff:payouts", programme=access.programme.slug)
    try:
        run = services.prepare_run(programme=access.programme, **form.cleaned_data, by=access.by)
    except TwizaError as refused:
        messages.error(request, str(refused))
        return redirect("staff:payouts", programme=access.programme.slug)
    messages.success(request, _("Prepared. Someone else must now approve it."))
    return run_page.to_run(access, run.reference)


@programme_view("payout:read")
@require_GET
def show_run(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """A payout: checks, totals, lines, and what can be done next."""
    return _show(request, access, queries.run(access.scope, reference))


@programme_view("payout:read")
@require_GET
def download_lines(_request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """All lines with how their amounts come about, as CSV."""
    run = queries.run(access.scope, reference)
    response = HttpResponse(lines_csv(access.scope, run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{run.reference}-lines.csv"'
    response["Cache-Control"] = "no-store"
    return response


@programme_view("payout:approve")
@require_POST
def approve(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """Approve by typing the total; never by the person who prepared it."""
    run = queries.run(access.scope, reference)
    form = ApproveForm(request.POST, currency=run.currency)
    if form.is_valid():
        total = form.cleaned_data["total"].amount_minor
        try:
            services.approve_run(run=run, typed_total=total, by=access.by)
        except TwizaError as refused:
            form.add_error("total", str(refused))
        else:
            messages.success(request, _("Approved. The bank file can now be created."))
            return run_page.to_run(access, reference)
    return _show(request, access, run, approve_form=form, status=422)


@programme_view("payout:handle")
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """Give a payout back before it is approved, with a word to its preparer."""
    run = queries.run(access.scope, reference)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        try:
            services.send_back(run=run, remark=form.cleaned_data["remark"], by=access.by)
        except TwizaError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sent back. The amounts are available again."))
            return run_page.to_run(access, reference)
    return pages.show(request, access, "staff/payouts/send_back.html", run=run, form=form)


@programme_view("payout:handle")
@require_GET
def download_file(
    request: HttpRequest, access: StaffAccess, reference: str, file_format: str
) -> HttpResponse:
    """Give out a bank file to a finance person; who took it is in the journal."""
    run = queries.run(access.scope, reference)
    try:
        name, content = services.download_bank_file(run=run, format_=file_format, by=access.by)
    except TwizaError as refused:
        pass_on_rights(refused)
        messages.error(request, str(refused))
        return run_page.to_run(access, reference)
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/xml"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _show(
    request: HttpRequest,
    access: StaffAccess,
    run: PayoutRun,
    *,
    approve_form: ApproveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = approve_form or ApproveForm(currency=run.currency)
    context = run_page.context(request, access, run)
    return pages.show(
        request, access, "staff/payouts/run.html", status=status, run=run, form=form, **context
    )
