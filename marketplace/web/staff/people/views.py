"""Roles in the programme; those that move money are confirmed by a second person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.people.forms import GrantForm
from vendors import queries, services
from vendors.models import StaffGrant


@staff_view("grant:make")
@require_http_methods(["GET", "HEAD", "POST"])
def list_people(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Everybody with a role, and a form to add one."""
    form = GrantForm(request.POST or None, programme=access.programme)
    if request.method == "POST" and form.is_valid():
        _grant(form, access)
        messages.success(
            request, _("Role granted. A finance role must be confirmed by a second person.")
        )
        return redirect("staff:people", programme=access.programme.slug)
    grants = queries.grants_in(access.programme)
    return render(request, "staff/people/list.html", {"form": form, "grants": grants})


@staff_view("grant:confirm")
@require_POST
def confirm(request: HttpRequest, access: StaffAccess, grant_id: int) -> HttpResponse:
    """Confirm a role that moves money and that another person has granted."""
    try:
        services.confirm_grant(grant=_find(access, grant_id), by=access.by)
    except TwizaError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Confirmed. The role takes effect in one day."))
    return redirect("staff:people", programme=access.programme.slug)


@staff_view("grant:make")
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, access: StaffAccess, grant_id: int) -> HttpResponse:
    """Revoke a role, after confirmation."""
    grant = _find(access, grant_id)
    if request.method == "POST":
        services.revoke_grant(grant=grant, by=access.by)
        messages.success(request, _("Role revoked."))
        return redirect("staff:people", programme=access.programme.slug)
    return render(request, "staff/people/revoke.html", {"grant": grant})


def _find(access: StaffAccess, grant_id: int) -> StaffGrant:
    for grant in queries.grants_in(access.programme):
        if grant.pk == grant_id:
            return grant
    raise Http404


def _grant(form: GrantForm, access: StaffAccess) -> None:
    answers = form.cleaned_data
    user = services.open_account(email=answers["email"], name=answers["name"], by=access.by)
    services.grant_role(
        programme=access.programme,
        user=user,
        role=answers["role"],
        region_codes=answers["region_codes"],
        by=access.by,
    )
