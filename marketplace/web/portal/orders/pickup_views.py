"""An order that its buyer collects: made ready, handed over with the code or without it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core.errors import TwizaError
from marketplace.orders import queries
from marketplace.orders.services import collect
from marketplace.saleor.errors import EngineUnavailable
from marketplace.web.portal.access import MemberAccess, member_view


@member_view("order:ship")
@require_POST
def say_ready(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """The buyer is told that it can be collected."""
    found = queries.vendor_order(access.scope, vendor_order_id)
    done = _("We tell the buyer that the order can be collected.")
    return _do(
        request,
        access,
        found.pk,
        lambda: collect.mark_ready(vendor_order=found, by=access.by),
        done,
    )


@member_view("order:ship")
@require_POST
def hand_over(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """The buyer's code was typed: the order is collected and its money available."""
    found = queries.vendor_order(access.scope, vendor_order_id)
    code = request.POST.get("code", "")[:40]
    return _do(
        request,
        access,
        found.pk,
        lambda: collect.hand_over(vendor_order=found, code=code, by=access.by),
        _("Collected. The amount is available in the next payout."),
    )


@member_view("order:ship")
@require_POST
def hand_over_without(
    request: HttpRequest, access: MemberAccess, vendor_order_id: UUID
) -> HttpResponse:
    """The buyer has lost the code: a member says how the buyer was known."""
    found = queries.vendor_order(access.scope, vendor_order_id)
    reason = request.POST.get("reason", "")[:200]
    return _do(
        request,
        access,
        found.pk,
        lambda: collect.hand_over_without_code(vendor_order=found, reason=reason, by=access.by),
        _("Recorded. We ask the buyer to confirm it; the amount is available then."),
    )


def _do(
    request: HttpRequest,
    access: MemberAccess,
    vendor_order_id: UUID,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    try:
        act()
    except EngineUnavailable:
        messages.warning(request, _("Saved. The shop is updated in a moment."))
    except TwizaError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(
        "portal:order", cooperative=access.cooperative.slug, vendor_order_id=vendor_order_id
    )
