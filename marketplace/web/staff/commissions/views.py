"""Pages of the commission rules."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.versions import ChangedMeanwhile
from marketplace.payouts import services
from marketplace.payouts.balances.change_commission import rules_version
from marketplace.payouts.balances.commission_queries import rule_of, rules, waiting_changes
from marketplace.payouts.balances.preview_commission import preview_commission
from marketplace.payouts.models import CommissionChange
from marketplace.web.meanwhile import show_again
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.commissions.forms import EndForm, RuleForm
from vendors.permissions import StaffPermission

_PROPOSE = "staff/commissions/propose.html"


@programme_view("payout:read")
@require_GET
def list_rules(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Current and future rules, the most specific first; ended ones below."""
    return pages.show(
        request,
        access,
        "staff/commissions/list.html",
        page=rules(access.programme, page=request.GET.get("page", 1)),
        today=timezone.localdate(),
        waiting=waiting_changes(access.programme),
        may_set=access.allows(StaffPermission.COMMISSION_SET),
    )


@programme_view("commission:set")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """A rule is entered, compared with last month's orders, then proposed."""
    form = RuleForm(
        request.POST or None,
        initial={"seen": rules_version(access.programme)},
        scope=access.scope,
        currency=access.programme.base_currency,
    )
    status = 422 if form.is_bound else 200
    if form.is_valid() and "keep" not in request.POST:
        status = 200
    elif form.is_valid():
        try:
            change = services.propose_commission(
                programme=access.programme,
                proposal=form.proposal,
                source=form.cleaned_data["source"],
                seen=form.cleaned_data["seen"] or None,
                by=access.by,
            )
        except ChangedMeanwhile as overtaken:
            status = show_again(form, overtaken, seen=rules_version(access.programme))
        except TwizaError as refused:
            form.add_error("valid_from", str(refused))
        else:
            return _proposed(request, access, change)
    return _show_proposal(request, access, form, status)


@programme_view("commission:set")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, access: StaffAccess, rule_id: UUID) -> HttpResponse:
    """Propose to end a rule, tomorrow at the earliest; one that has not begun is withdrawn."""
    rule = rule_of(access.programme, rule_id)
    form = EndForm(request.POST or None, initial={"seen": rules_version(access.programme)})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            change = services.propose_commission_end(
                rule=rule,
                valid_to=form.cleaned_data["valid_to"],
                seen=form.cleaned_data["seen"] or None,
                by=access.by,
            )
        except ChangedMeanwhile as overtaken:
            status = show_again(form, overtaken, seen=rules_version(access.programme))
        except TwizaError as refused:
            form.add_error("valid_to", str(refused))
        else:
            return _proposed(request, access, change)
    return pages.show(
        request, access, "staff/commissions/end.html", status=status, form=form, rule=rule
    )


def _show_proposal(
    request: HttpRequest, access: StaffAccess, form: RuleForm, status: int
) -> HttpResponse:
    """The form; if it is complete, with its effect on last month's orders."""
    context: dict[str, Any] = {"form": form}
    if form.is_bound and not set(form.errors) - {NON_FIELD_ERRORS}:
        context["looked"] = True
        context["effects"] = preview_commission(
            access.programme, form.proposal, today=timezone.localdate()
        )
    return pages.show(request, access, _PROPOSE, status=status, **context)


def _proposed(request: HttpRequest, access: StaffAccess, change: CommissionChange) -> HttpResponse:
    done = _("Proposed. No rule changes yet: another person must confirm it before that day.")
    messages.success(request, done)
    return redirect(
        "staff:commission-change", programme=access.programme.slug, commission_change_id=change.pk
    )
