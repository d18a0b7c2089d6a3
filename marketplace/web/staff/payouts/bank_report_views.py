"""Pages of the bank's answers: a file is looked at before it is taken."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.uploads import takes_files
from marketplace.payouts import queries, services
from marketplace.payouts.bank_reports.detection import LARGEST_BYTES
from marketplace.payouts.models import Outcome
from marketplace.web.outcomes import carry_out, pass_on_rights
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.payouts.forms import BankReportForm
from marketplace.web.staff.payouts.payout_lists import BANK_REPORTS
from vendors.permissions import StaffPermission

# What stands on the page before it is taken; the rest is counted.
SHOWN = 200


@programme_view("payout:read", moves_money=True)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(LARGEST_BYTES)
def bank_reports(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Imported bank reports; people who prepare payouts may import another."""
    may_take = access.allows(StaffPermission.PAYOUT_PREPARE)
    form = BankReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        access.scope_for(StaffPermission.PAYOUT_PREPARE)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                staged = services.stage_bank_report(
                    programme=access.programme,
                    content=upload.read(),
                    name=upload.name or "",
                    by=access.by,
                )
            except TwizaError as refused:
                pass_on_rights(refused)
                form.add_error("file", str(refused))
            else:
                return redirect(
                    "staff:payout-bank-report", programme=access.programme.slug, report_id=staged.pk
                )
    shown = form if may_take else None
    template = "staff/payouts/bank_reports.html"
    return show_staff_list(request, access, BANK_REPORTS, template, form=shown)


@programme_view("payout:prepare")
@require_http_methods(["GET", "HEAD", "POST"])
def bank_report(request: HttpRequest, access: StaffAccess, report_id: UUID) -> HttpResponse:
    """Preview of a bank report, and its import."""
    staged = queries.staged_bank_report(access.scope, report_id)
    content = staged.content.encode("latin-1")
    if request.method == "POST":
        return _apply(request, access, content, staged.name)
    preview = services.preview_bank_report(programme=access.programme, content=content)
    counts = [
        (outcome.label, sum(row.outcome == outcome for row in preview.rows)) for outcome in Outcome
    ]
    context = {
        "access": access,
        "staged": staged,
        "preview": preview,
        "rows": preview.rows[:SHOWN],
        "hidden_count": max(0, len(preview.rows) - SHOWN),
        "counts": [(label, count) for label, count in counts if count],
        "market": pages.market_of(access),
    }
    return render(request, "staff/payouts/bank_report.html", context)


def _apply(request: HttpRequest, access: StaffAccess, content: bytes, name: str) -> HttpResponse:
    carry_out(
        request,
        lambda: services.apply_bank_report(
            programme=access.programme, content=content, name=name, by=access.by
        ),
        _("Imported. Returned payouts are on hold and the cooperatives have been notified."),
    )
    return redirect("staff:payout-bank-reports", programme=access.programme.slug)
