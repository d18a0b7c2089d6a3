"""A proposed change of the commission rules: shown, confirmed by a second person, withdrawn."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.payouts import services
from marketplace.payouts.balances.change_commission import proposal_of
from marketplace.payouts.balances.commission_queries import change_of, shown_rule
from marketplace.payouts.balances.preview_commission import preview_commission
from marketplace.payouts.models import ChangeState
from marketplace.web.outcomes import carry_out
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from vendors.permissions import StaffPermission


@programme_view("payout:read")
@require_safe
def show_change(
    request: HttpRequest, access: StaffAccess, commission_change_id: UUID
) -> HttpResponse:
    """A proposed change beside last month's orders, and what can be done with it."""
    change = change_of(access.programme, commission_change_id)
    rule, effects = change.rule, None
    is_open = change.state == ChangeState.OPEN
    if rule is None:
        proposal = proposal_of(change)
        rule = proposal.rule(access.programme)
        if is_open:
            today = timezone.localdate()
            effects = preview_commission(access.programme, proposal, today=today)
    may_decide = is_open and access.allows(StaffPermission.COMMISSION_SET)
    return pages.show(
        request,
        access,
        "staff/commissions/change.html",
        change=change,
        row=shown_rule(access.programme, rule),
        effects=effects,
        may_confirm=may_decide and change.proposed_by_id != access.user.pk,
        may_withdraw=may_decide,
    )


@programme_view("commission:set")
@require_POST
def confirm_change(
    request: HttpRequest, access: StaffAccess, commission_change_id: UUID
) -> HttpResponse:
    """Set or end the rule that another person has proposed."""
    done = _("Confirmed. Orders placed before that day keep their commission.")
    act = services.confirm_commission_change
    return _decide(request, access, commission_change_id, act, done)


@programme_view("commission:set")
@require_POST
def withdraw_change(
    request: HttpRequest, access: StaffAccess, commission_change_id: UUID
) -> HttpResponse:
    """End a proposed change; the rules stay as they are."""
    done = _("Withdrawn. The rules stay as they are.")
    act = services.withdraw_commission_change
    return _decide(request, access, commission_change_id, act, done)


def _decide(
    request: HttpRequest,
    access: StaffAccess,
    change_id: UUID,
    act: Callable[..., object],
    done: str,
) -> HttpResponse:
    change = change_of(access.programme, change_id)
    carry_out(request, lambda: act(change=change, by=access.by), done)
    return redirect(
        "staff:commission-change", programme=access.programme.slug, commission_change_id=change_id
    )
