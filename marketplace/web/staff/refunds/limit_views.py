"""Limits of cash on delivery."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.payments import queries, services
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.cooperatives.forms import region_choices
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.refunds.bank_lists import CASH_LIMITS
from marketplace.web.staff.refunds.forms import CashLimitForm


@programme_view("cash:limit")
@require_http_methods(["GET", "HEAD", "POST"])
def cash_limits(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Present, future and past limits; a new one replaces that for the same place."""
    form = CashLimitForm(
        request.POST or None,
        scope=access.scope,
        currency=access.programme.base_currency,
        regions=region_choices(access.programme, ()),
    )
    if form.is_valid():
        try:
            services.set_cash_limit(programme=access.programme, by=access.by, **form.told)
        except TwizaError as refused:
            form.add_error("valid_from", str(refused))
        else:
            messages.success(request, _("Saved. The limit applies at checkout from that day."))
            return redirect("staff:cash-limits", programme=access.programme.slug)
    return show_staff_list(
        request,
        access,
        CASH_LIMITS,
        "staff/refunds/cash_limits.html",
        status=422 if form.errors else 200,
        form=form,
        today=timezone.localdate(),
    )


@programme_view("cash:limit")
@require_POST
def end_limit(request: HttpRequest, access: StaffAccess, limit_id: UUID) -> HttpResponse:
    """End a limit; a new one may be set at any time."""
    services.end_cash_limit(limit=queries.cash_limit(access.programme, limit_id), by=access.by)
    messages.success(request, _("Ended."))
    return redirect("staff:cash-limits", programme=access.programme.slug)
