"""Pages of payout runs and of the ledger. Each asks the payouts' room one thing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.ledger.chart import Cause
from marketplace.payouts import queries, services
from marketplace.payouts.models import PayoutRun
from marketplace.payouts.runs.schedule import next_due
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.payouts import run_page
from marketplace.web.staff.payouts.forms import (
    ApproveForm,
    ConfirmForm,
    PrepareForm,
    ReturnForm,
    SendBackForm,
)
from vendors.policy import StaffPermission


@staff_view("payout:read")
@require_GET
def list_runs(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The payouts of the programme, and what could be paid now."""
    currencies = run_page.payable_currencies(access)
    ways = queries.ways_in_use(access.scope)
    form = PrepareForm(currencies=currencies, ways=ways) if currencies else None
    return _page(
        request,
        access,
        "list",
        page=queries.runs(access.scope, page=request.GET.get("page", 1)),
        is_finance=access.allows(StaffPermission.PAYOUT_HANDLE),
        form=form if access.allows(StaffPermission.PAYOUT_PREPARE) else None,
        several_ways=len(ways) > 1,
        next_due=next_due(access.programme),
    )


@staff_view("payout:prepare")
@require_POST
def prepare(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Prepare a payout in one currency."""
    form = PrepareForm(
        request.POST,
        currencies=run_page.payable_currencies(access),
        ways=queries.ways_in_use(access.scope),
    )
    if not form.is_valid():
        messages.error(request, _("Choose a currency in which somebody has money."))
        return redirect("staff:payouts", programme=access.programme.slug)
    try:
        run = services.prepare_run(programme=access.programme, **form.cleaned_data, by=access.by)
    except TwizaError as refused:
        messages.error(request, str(refused))
        return redirect("staff:payouts", programme=access.programme.slug)
    messages.success(request, _("Prepared. Another person must approve it now."))
    return _to(access, run.reference)


@staff_view("payout:read")
@require_GET
def show_run(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """A payout: checks, totals, lines, and what can be done next."""
    return _show(request, access, queries.run(access.scope, reference))


@staff_view("payout:prepare")
@require_POST
def stand_for(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """A person has looked at what the clock prepared, and stands for it."""
    run = queries.run(access.scope, reference)
    return _act(
        request,
        access,
        run,
        lambda: services.stand_for(run=run, by=access.by),
        _("You stand for this payout. Another person must approve it now."),
    )


@staff_view("payout:prepare")
@require_POST
def send_by_provider(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """Pay an approved payout through its provider; again where it stopped."""
    run = queries.run(access.scope, reference)
    return _act(
        request,
        access,
        run,
        lambda: services.send_by_provider(run=run, by=access.by),
        _("Sent. What the provider could not pay yet is tried again by itself."),
    )


@staff_view("payout:approve")
@require_POST
def approve(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """Approve by typing the total; never by the person who prepared it."""
    run = queries.run(access.scope, reference)
    form = ApproveForm(request.POST, format_=run_page.format_of(access), currency=run.currency)
    if form.is_valid():
        try:
            services.approve_run(run=run, typed_total=form.cleaned_data["total"], by=access.by)
        except TwizaError as refused:
            form.add_error("total", str(refused))
        else:
            messages.success(request, _("Approved. The bank file can be made now."))
            return _to(access, reference)
    return _show(request, access, run, approve_form=form, status=422)


@staff_view("payout:handle")
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
            return _to(access, reference)
    return _page(request, access, "send_back", run=run, form=form)


@staff_view("payout:handle")
@require_POST
def make_file(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """Make the bank files of an approved payout, once."""
    run = queries.run(access.scope, reference)
    return _act(
        request,
        access,
        run,
        lambda: services.make_bank_file(run=run, by=access.by),
        _("The bank files are ready."),
    )


@staff_view("payout:handle")
@require_GET
def download_file(
    request: HttpRequest, access: StaffAccess, reference: str, file_format: str
) -> HttpResponse:
    """Give out a bank file to a finance person; who took it is in the journal."""
    run = queries.run(access.scope, reference)
    try:
        name, content = services.download_bank_file(run=run, format_=file_format, by=access.by)
    except TwizaError as refused:
        run_page.refuse(refused)
        messages.error(request, str(refused))
        return _to(access, reference)
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/xml"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@staff_view("payout:prepare")
@require_POST
def mark_sent(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """The bank has the file."""
    run = queries.run(access.scope, reference)
    return _act(
        request,
        access,
        run,
        lambda: services.mark_sent(run=run, by=access.by),
        _("Noted: the bank has the file."),
    )


@staff_view("payout:prepare")
@require_http_methods(["GET", "POST"])
def mark_settled(request: HttpRequest, access: StaffAccess, reference: str) -> HttpResponse:
    """The bank paid every line that is still open."""
    run = queries.run(access.scope, reference)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        return _act(
            request,
            access,
            run,
            lambda: services.mark_settled(run=run, by=access.by),
            _("Settled. The cooperatives' balances are closed for this payout."),
        )
    tally = queries.tallies(access.scope, run).get("ready")
    return _page(request, access, "settle", run=run, form=form, tally=tally)


@staff_view("payout:prepare")
@require_http_methods(["GET", "POST"])
def mark_returned(
    request: HttpRequest, access: StaffAccess, reference: str, line_id: UUID
) -> HttpResponse:
    """The bank sent one payment back: it is available again and never counts as paid."""
    run = queries.run(access.scope, reference)
    line = queries.run_line(access.scope, run, line_id)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        return _act(
            request,
            access,
            run,
            lambda: services.mark_returned(
                line=line, reason=form.cleaned_data["reason"], by=access.by
            ),
            _("Noted. The amount is available again for the cooperative."),
        )
    return _page(request, access, "returned", run=run, line=line, form=form)


@staff_view("payout:read")
@require_GET
def show_ledger(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Every account's balance, and the journal."""
    run_page.require_whole_programme(access)
    cause = request.GET.get("cause", "")
    cause = cause if cause in Cause.values else ""
    return _page(
        request,
        access,
        "ledger",
        accounts=queries.account_balances(access.programme),
        journal=queries.journal(access.programme, cause=cause, page=request.GET.get("page", 1)),
        causes=Cause.choices,
        cause=cause,
    )


def _act(
    request: HttpRequest, access: StaffAccess, run: PayoutRun, act: Any, done: str
) -> HttpResponse:
    try:
        act()
    except TwizaError as refused:
        run_page.refuse(refused)
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return _to(access, run.reference)


def _show(
    request: HttpRequest,
    access: StaffAccess,
    run: PayoutRun,
    *,
    approve_form: ApproveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = approve_form or ApproveForm(format_=run_page.format_of(access), currency=run.currency)
    context = run_page.context(request, access, run)
    return _page(request, access, "run", status=status, run=run, form=form, **context)


def _page(
    request: HttpRequest, access: StaffAccess, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    shown = {"access": access, "market": _market(access), **context}
    return render(request, f"staff/payouts/{name}.html", shown, status=status)


def _market(access: StaffAccess) -> str:
    return (access.programme.country_codes or ["MA"])[0].lower()


def _to(access: StaffAccess, reference: str) -> HttpResponse:
    return redirect("staff:payout-run", programme=access.programme.slug, reference=reference)
