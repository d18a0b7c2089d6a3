"""Incoming bank entries, and manual refunds."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.uploads import takes_files
from marketplace.payments import bank_queries, queries, services
from marketplace.payments.bank_statements.entries import LARGEST_BYTES
from marketplace.payments.models import EntryState
from marketplace.payments.services.bank_import import Effect
from marketplace.web.lists.pages import show_list
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.refunds.bank_lists import BANK_ENTRIES, entries_of
from marketplace.web.staff.refunds.forms import EntryForm, ManualRefundForm, StatementForm
from marketplace.web.staff.refunds.refund_lists import MANUAL_REFUNDS

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@list_view(BANK_ENTRIES)
@require_GET
def list_entries(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Incoming entries; those that match nothing first."""
    return show_staff_list(request, access, BANK_ENTRIES, "staff/refunds/bank_entries.html")


@programme_view("refund:make")
@read_or_post
@takes_files(LARGEST_BYTES)
def import_statement(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Upload a bank's statement; the next page shows every entry before anything is recorded."""
    form = StatementForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            staged = services.stage_statement(
                programme=access.programme,
                content=uploaded.read(),
                name=uploaded.name or "",
                by=access.by,
            )
        except TwizaError as refused:
            form.add_error("file", str(refused))
        else:
            return redirect(
                "staff:bank-statement", programme=access.programme.slug, statement_id=staged.pk
            )
    context = {"access": access, "form": form}
    return render(request, "staff/refunds/bank_import.html", context)


@programme_view("refund:make")
@read_or_post
def bank_statement(request: HttpRequest, access: StaffAccess, statement_id: UUID) -> HttpResponse:
    """Every entry of an uploaded statement with what recording it does; then record it."""
    staged = bank_queries.staged_statement(access.programme, statement_id)
    content = staged.content.encode("latin-1")
    if request.method == "POST":
        return _record(request, access, content)
    preview = services.preview_statement(programme=access.programme, content=content)
    effects = Counter(row.effect for row in preview.rows)
    return show_list(
        request,
        access,
        entries_of(preview.rows),
        "staff/refunds/bank_statement.html",
        staged=staged,
        preview=preview,
        counts=[(effect.label, effects[effect]) for effect in Effect if effects[effect]],
        left_out=[row for statement in preview.statements for row in statement.left_out],
    )


def _record(request: HttpRequest, access: StaffAccess, content: bytes) -> HttpResponse:
    try:
        kept = services.import_statement(programme=access.programme, content=content, by=access.by)
    except TwizaError as refused:
        messages.error(request, str(refused))
    else:
        found = kept.entries.filter(state=EntryState.MATCHED).count()
        values = {"all": kept.entries.count(), "found": found}
        messages.success(request, _("Payments received: %(all)d; matched: %(found)d.") % values)
    return redirect("staff:bank-entries", programme=access.programme.slug)


@programme_view("refund:make")
@read_or_post
def resolve_entry(request: HttpRequest, access: StaffAccess, entry_id: UUID) -> HttpResponse:
    """Match an entry, or set it aside with a reason."""
    entry = bank_queries.bank_entry(access.programme, entry_id)
    form = EntryForm(request.POST or None)
    if form.is_valid():
        try:
            if reference := form.cleaned_data["reference"]:
                services.accept_entry(entry=entry, reference=reference, by=access.by)
            else:
                services.set_entry_aside(entry=entry, note=form.cleaned_data["note"], by=access.by)
        except TwizaError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Entry processed."))
            return redirect("staff:bank-entries", programme=access.programme.slug)
    context = {"access": access, "form": form, "entry": entry}
    return render(request, "staff/refunds/bank_entry.html", context)


@list_view(MANUAL_REFUNDS)
@require_GET
def list_manual_refunds(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Manual refunds, open and made."""
    return show_staff_list(request, access, MANUAL_REFUNDS, "staff/refunds/manual_refunds.html")


@staff_view("refund:make")
@read_or_post
def confirm_manual_refund(
    request: HttpRequest, access: StaffAccess, manual_refund_id: UUID
) -> HttpResponse:
    """Confirm a manual refund, with the bank's reference."""
    wanted = queries.manual_refund(access.scope, manual_refund_id)
    form = ManualRefundForm(request.POST or None)
    if form.is_valid():
        try:
            services.confirm_manual_refund(
                manual_refund=wanted, reference=form.cleaned_data["reference"], by=access.by
            )
        except TwizaError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Refund marked as made."))
            return redirect("staff:manual-refunds", programme=access.programme.slug)
    context = {"access": access, "form": form, "wanted": wanted}
    return render(request, "staff/refunds/manual_refund.html", context)
