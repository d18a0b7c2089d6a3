"""Pages of the commission rules."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.payouts import services
from marketplace.payouts.balances.commission_queries import rule_of, rules
from marketplace.payouts.balances.preview_commission import preview_commission
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, require_whole_programme, staff_view
from marketplace.web.staff.commissions.forms import EndForm, RuleForm
from vendors.permissions import StaffPermission

_PROPOSE = "staff/commissions/propose.html"


@staff_view("payout:read")
@require_GET
def list_rules(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Current and future rules, the most specific first; ended ones below."""
    return pages.show(
        request,
        access,
        "staff/commissions/list.html",
        page=rules(access.programme, page=request.GET.get("page", 1)),
        today=timezone.localdate(),
        may_set=access.allows(StaffPermission.COMMISSION_SET),
    )


@staff_view("commission:set")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """A rule is entered, compared with last month's orders, then saved."""
    require_whole_programme(access)
    form = RuleForm(
        request.POST or None, scope=access.scope, currency=access.programme.base_currency
    )
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return pages.show(request, access, _PROPOSE, status=status, form=form)
    if "keep" in request.POST:
        try:
            services.set_commission(
                programme_id=access.programme.pk,
                source=form.cleaned_data["source"],
                by=access.by,
                **{name: getattr(form.proposal, name) for name in asdict(form.proposal)},
            )
        except TwizaError as refused:
            form.add_error("valid_from", str(refused))
            return pages.show(request, access, _PROPOSE, status=422, form=form)
        messages.success(request, _("Saved. Orders placed before that day keep their commission."))
        return redirect("staff:commissions", programme=access.programme.slug)
    today = timezone.localdate()
    return pages.show(
        request,
        access,
        _PROPOSE,
        form=form,
        effects=preview_commission(access.programme, form.proposal, today=today),
        looked=True,
    )


@staff_view("commission:set")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, access: StaffAccess, rule_id: UUID) -> HttpResponse:
    """End a rule, tomorrow at the earliest; one that has not begun is withdrawn."""
    require_whole_programme(access)
    rule = rule_of(access.programme, rule_id)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            services.end_commission(rule=rule, valid_to=form.cleaned_data["valid_to"], by=access.by)
        except TwizaError as refused:
            form.add_error("valid_to", str(refused))
        else:
            messages.success(request, _("Rule ended as of that day."))
            return redirect("staff:commissions", programme=access.programme.slug)
    status = 422 if form.is_bound else 200
    return pages.show(
        request, access, "staff/commissions/end.html", status=status, form=form, rule=rule
    )
