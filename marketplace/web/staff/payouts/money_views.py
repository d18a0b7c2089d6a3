"""Pages of where the cooperatives' money is, and why it is not paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.payouts import queries
from marketplace.payouts.standing import standing, standings
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.payouts.forms import StandingForm
from vendors.policy import StaffPermission
from vendors.queries import find_cooperative


@staff_view("payout:read")
@require_GET
def list_money(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The cooperatives with what they have, narrowed to a state."""
    form = StandingForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = standings(
        access.scope,
        text=wanted.get("text", ""),
        only=wanted.get("only", ""),
        page=request.GET.get("page", 1),
    )
    context = {"access": access, "form": form, "page": page}
    return render(request, "staff/payouts/cooperatives.html", context)


@staff_view("payout:read")
@require_GET
def show_money(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """One cooperative's money: each state with its meaning, why it waits, its payments."""
    cooperative = find_cooperative(access.scope, slug)
    context = {
        "access": access,
        "stand": standing(cooperative.scope),
        "payments": queries.payments(cooperative.scope, page=request.GET.get("page", 1)),
        "is_finance": access.allows(StaffPermission.PAYOUT_HANDLE),
    }
    return render(request, "staff/payouts/cooperative.html", context)
