"""A colleague's lost second factor: one person proposes its reset, another confirms it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.web.outcomes import carry_out, saved
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.people.forms import ResetForm
from vendors import queries, services


@programme_view("grant:make")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, access: StaffAccess, grant_id: int) -> HttpResponse:
    """Propose it for the person of a role, and say how one made sure who asks."""
    person = queries.find_grant(access.programme, grant_id).user
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        is_saved = saved(
            form,
            lambda: services.propose_factor_reset(
                programme=access.programme, user=person, reason=reason, by=access.by
            ),
        )
        if is_saved:
            messages.success(request, _("Proposed. A second person in office must confirm it."))
            return _back(access)
    context = {"form": form, "person": person}
    return render(request, "staff/people/reset_factor.html", context)


@programme_view("grant:confirm")
@require_POST
def confirm(request: HttpRequest, access: StaffAccess, reset_id: UUID) -> HttpResponse:
    """Reset what another person has proposed."""
    reset = queries.find_factor_reset(access.programme, reset_id)
    carry_out(
        request,
        lambda: services.confirm_factor_reset(reset=reset, by=access.by),
        _("Reset. The person signs in with the password and sets up a new phone."),
    )
    return _back(access)


@programme_view("grant:make")
@require_POST
def withdraw(request: HttpRequest, access: StaffAccess, reset_id: UUID) -> HttpResponse:
    """End a proposed reset; nothing is reset."""
    reset = queries.find_factor_reset(access.programme, reset_id)
    carry_out(
        request,
        lambda: services.withdraw_factor_reset(reset=reset, by=access.by),
        _("Withdrawn. Nothing was reset."),
    )
    return _back(access)


def _back(access: StaffAccess) -> HttpResponse:
    return redirect("staff:people", programme=access.programme.slug)
