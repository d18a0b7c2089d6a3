"""Pages of the reconciliation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.uploads import takes_files
from marketplace.ledger.chart import AccountCode
from marketplace.payouts import services
from marketplace.payouts.reconciliation import queries
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.reconciliation.difference_list import DIFFERENCES
from marketplace.web.staff.reconciliation.forms import LARGEST_FILE, BankForm, ExplainForm
from vendors.permissions import StaffPermission


@list_view(DIFFERENCES)
@require_GET
def list_differences(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Differences with their likely cause; open ones first."""
    may_keep = access.allows(StaffPermission.BOOKS_KEEP)
    return show_staff_list(
        request,
        access,
        DIFFERENCES,
        "staff/reconciliation/list.html",
        last_run=queries.last_run(),
        may_keep=may_keep,
        form=BankForm() if may_keep else None,
    )


@programme_view("books:keep")
@require_http_methods(["GET", "POST"])
@takes_files(LARGEST_FILE)
def compare_bank(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Compare a bank statement with the ledger; only differences are stored."""
    form = BankForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            count = services.compare_statement(
                programme=access.programme, content=form.cleaned_data["file"], by=access.by
            )
        except TwizaError as refused:
            form.add_error("file", str(refused))
        else:
            message = ngettext("%(count)s difference.", "%(count)s differences.", count)
            messages.success(request, message % {"count": count})
            return redirect("staff:differences", programme=access.programme.slug)
    return pages.show(
        request,
        access,
        "staff/reconciliation/bank.html",
        status=422 if form.is_bound else 200,
        form=form,
    )


@programme_view("books:keep")
@require_http_methods(["GET", "POST"])
def explain(request: HttpRequest, access: StaffAccess, difference_id: UUID) -> HttpResponse:
    """Book a difference, with its explanation."""
    difference = queries.difference(access.programme, difference_id)
    form = ExplainForm(request.POST or None)
    if form.is_valid():
        try:
            services.explain_difference(
                difference=difference,
                programme=access.programme,
                against=AccountCode(form.cleaned_data["against"]),
                explanation=form.cleaned_data["explanation"],
                by=access.by,
            )
        except TwizaError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Booked and explained."))
            return redirect("staff:differences", programme=access.programme.slug)
    status = 422 if form.is_bound else 200
    return pages.show(
        request,
        access,
        "staff/reconciliation/explain.html",
        status=status,
        form=form,
        difference=difference,
    )
