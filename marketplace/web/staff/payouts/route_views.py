"""Pages of who is held, and who is paid by another method than a bank file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.payouts import queries, services
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.payouts.forms import HoldForm, RouteForm
from marketplace.web.staff.payouts.payout_lists import HOLDS, ROUTES
from vendors.permissions import StaffPermission


@staff_view("payout:read", moves_money=True)
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The cooperatives that are paid nothing for now; finance may add one."""
    may_hold = access.allows(StaffPermission.PAYOUT_HANDLE)
    named = request.GET.get("cooperative", "")[:80]
    form = HoldForm(request.POST or None, initial={"cooperative": named}, scope=access.scope)
    if request.method == "POST":
        access.scope_for(StaffPermission.PAYOUT_HANDLE)
        if form.is_valid() and _place(form, access):
            messages.success(
                request,
                _("On hold. Nothing is paid to the cooperative until you release the hold."),
            )
            return redirect("staff:payout-holds", programme=access.programme.slug)
    shown = form if may_hold else None
    return show_staff_list(request, access, HOLDS, "staff/payouts/holds.html", form=shown)


@programme_view("payout:handle")
@require_POST
def lift(request: HttpRequest, access: StaffAccess, hold_id: int) -> HttpResponse:
    """Pay the cooperative again."""
    hold = queries.hold(access.scope, hold_id)
    carry_out(
        request,
        lambda: services.lift_hold(hold=hold, by=access.by),
        _("Hold released. The amount is included in the next payout run."),
    )
    return redirect("staff:payout-holds", programme=access.programme.slug)


@staff_view("payout:read", moves_money=True)
@require_http_methods(["GET", "HEAD", "POST"])
def routes(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Cooperatives paid by another method; adding one takes the right to prepare, and a code."""
    may_name = access.allows(StaffPermission.PAYOUT_PREPARE)
    form = RouteForm(request.POST or None, scope=access.scope)
    if request.method == "POST":
        access.scope_for(StaffPermission.PAYOUT_PREPARE)
        if form.is_valid() and _name(form, access):
            messages.success(request, _("Saved. Someone else must confirm it."))
            return redirect("staff:payout-routes", programme=access.programme.slug)
    return show_staff_list(
        request,
        access,
        ROUTES,
        "staff/payouts/routes.html",
        form=form if may_name else None,
        may_confirm=access.allows(StaffPermission.PAYOUT_APPROVE),
    )


@programme_view("payout:approve")
@require_POST
def confirm_route(request: HttpRequest, access: StaffAccess, route_id: int) -> HttpResponse:
    """Another person has compared the account with the provider."""
    route = queries.route(access.scope, route_id)
    carry_out(
        request,
        lambda: services.confirm_route(route=route, by=access.by),
        _("Confirmed. Payouts to it start after a few days."),
    )
    return redirect("staff:payout-routes", programme=access.programme.slug)


def _place(form: HoldForm, access: StaffAccess) -> bool:
    return saved(form, lambda: services.place_hold(**form.cleaned_data, by=access.by))


def _name(form: RouteForm, access: StaffAccess) -> bool:
    return saved(form, lambda: services.set_route(**form.cleaned_data, by=access.by))
