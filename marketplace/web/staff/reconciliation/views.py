"""Pages of the reconciliation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.ledger.chart import AccountCode
from marketplace.payouts import services
from marketplace.payouts.reconciliation import queries
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, require_whole_programme, staff_view
from marketplace.web.staff.reconciliation.forms import BankForm, ExplainForm
from vendors.permissions import StaffPermission


@staff_view("payout:read")
@require_GET
def list_differences(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Differences with their likely cause; open ones first."""
    require_whole_programme(access)
    may_keep = access.allows(StaffPermission.BOOKS_KEEP)
    return pages.show(
        request,
        access,
        "staff/reconciliation/list.html",
        page=queries.differences(access.programme, page=request.GET.get("page", 1)),
        last_run=queries.last_run(),
        may_keep=may_keep,
        form=BankForm() if may_keep else None,
    )


@staff_view("books:keep")
@require_http_methods(["GET", "POST"])
def compare_bank(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Compare a bank statement with the ledger; only differences are stored."""
    require_whole_programme(access)
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


@staff_view("books:keep")
@require_http_methods(["GET", "POST"])
def explain(request: HttpRequest, access: StaffAccess, difference_id: UUID) -> HttpResponse:
    """Book a difference, with its explanation."""
    require_whole_programme(access)
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
