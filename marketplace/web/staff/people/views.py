"""Roles in the programme: offered, accepted by the person, confirmed by a second one, revoked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.web import invitations
from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.people.forms import OfferForm
from marketplace.web.staff.people.people_list import PEOPLE
from vendors import queries, services


@programme_view("grant:make")
@require_http_methods(["GET", "HEAD", "POST"])
def list_people(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Everybody with a role, roles that are offered, and a form to offer one."""
    form = OfferForm(request.POST or None, programme=access.programme)
    if request.method == "POST" and form.is_valid():
        services.offer_role(
            programme=access.programme,
            invited=form.invited,
            role=form.cleaned_data["role"],
            region_codes=form.cleaned_data["region_codes"],
            by=access.by,
        )
        messages.success(
            request,
            _("Offered. The role begins when the person accepts it by the link in their e-mail."),
        )
        return _back(access)
    return show_staff_list(
        request,
        access,
        PEOPLE,
        "staff/people/list.html",
        form=form,
        offers=queries.offers_in(access.programme),
        resets=queries.factor_resets_in(access.programme),
    )


@programme_view("grant:confirm")
@require_POST
def confirm(request: HttpRequest, access: StaffAccess, grant_id: int) -> HttpResponse:
    """Confirm a role that can lead to money and that another person has proposed."""
    grant = queries.find_grant(access.programme, grant_id)
    carry_out(
        request,
        lambda: services.confirm_grant(grant=grant, by=access.by),
        _("Confirmed. The role takes effect in one day."),
    )
    return _back(access)


@programme_view("grant:make")
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, access: StaffAccess, grant_id: int) -> HttpResponse:
    """Revoke a role, after confirmation."""
    grant = queries.find_grant(access.programme, grant_id)
    is_own = grant.user_id == access.user.pk
    if request.method == "POST":
        done = carry_out(
            request, lambda: services.revoke_grant(grant=grant, by=access.by), _("Role revoked.")
        )
        return redirect("account-home") if done and is_own else _back(access)
    context = {"grant": grant, "is_own": is_own}
    return render(request, "staff/people/revoke.html", context)


@programme_view("grant:make")
@require_POST
def resend(request: HttpRequest, access: StaffAccess, offer_id: UUID) -> HttpResponse:
    """Send the link of an offered role again."""
    offer = queries.find_offer(access.programme, offer_id)
    invitations.send_again(request, offer, by=access.by)
    return _back(access)


@programme_view("grant:make")
@require_POST
def withdraw(request: HttpRequest, access: StaffAccess, offer_id: UUID) -> HttpResponse:
    """Withdraw an offered role: its link no longer works."""
    offer = queries.find_offer(access.programme, offer_id)
    invitations.withdraw(request, offer, by=access.by)
    return _back(access)


def _back(access: StaffAccess) -> HttpResponse:
    return redirect("staff:people", programme=access.programme.slug)
