"""Pages of where the cooperatives' money is, and why it is not paid."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.money import Money
from marketplace.payouts import queries, services
from marketplace.payouts.balances.cooperative_balances import balances_of
from marketplace.payouts.balances.end_debt import DebtEnd, debt
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.payouts import run_page
from marketplace.web.staff.payouts.balance_list import BALANCES
from marketplace.web.staff.payouts.forms import DebtForm
from vendors.models import Cooperative
from vendors.permissions import StaffPermission
from vendors.queries import find_cooperative


@list_view(BALANCES)
@require_GET
def list_money(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The cooperatives with what they have."""
    return show_staff_list(request, access, BALANCES, "staff/payouts/cooperatives.html")


@staff_view("payout:read")
@require_GET
def show_money(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """One cooperative's money: each state with its meaning, why it waits, its payments."""
    cooperative = find_cooperative(access.scope, slug)
    context = {
        "access": access,
        "money": balances_of(cooperative.scope),
        "payments": queries.payments(cooperative.scope, page=request.GET.get("page", 1)),
        "is_finance": access.allows(StaffPermission.PAYOUT_HANDLE),
        "may_approve": access.allows(StaffPermission.PAYOUT_APPROVE),
    }
    return render(request, "staff/payouts/cooperative.html", context)


@programme_view("payout:approve")
@require_http_methods(["GET", "POST"])
def end_debt(request: HttpRequest, access: StaffAccess, slug: str, currency: str) -> HttpResponse:
    """End a negative balance: the cooperative paid it back, or the programme bears it."""
    cooperative = find_cooperative(access.scope, slug)
    owed_minor = debt(cooperative, currency)
    if not owed_minor and request.method == "GET":
        return redirect("staff:cooperative-money", programme=access.programme.slug, slug=slug)
    form = DebtForm(
        request.POST or None,
        currency=currency,
        initial={"seen": owed_minor, "amount": Money(owed_minor, currency)},
    )
    if form.is_valid() and _end_debt(cooperative, form, access):
        booked = form.cleaned_data["amount"].amount_minor
        text = _("Booked: %(amount)s. It appears on the cooperative's statement.")
        told = {"amount": run_page.format_of(access).money(booked, currency)}
        messages.success(request, text % told)
        return redirect("staff:cooperative-money", programme=access.programme.slug, slug=slug)
    context = {
        "access": access,
        "cooperative": cooperative,
        "currency": currency,
        "owed_minor": owed_minor,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "staff/payouts/debt.html", context, status=status)


def _end_debt(cooperative: Cooperative, form: DebtForm, access: StaffAccess) -> bool:
    """Whether the debt was ended; otherwise the form says why not."""
    given = form.cleaned_data
    try:
        services.end_debt(
            cooperative=cooperative,
            amount=given["amount"],
            seen_minor=given["seen"],
            how=DebtEnd(given["how"]),
            explanation=given["explanation"],
            by=access.by,
        )
    except TwizaError as refused:
        form.add_error(None, str(refused))
        return False
    return True
