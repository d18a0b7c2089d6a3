"""Members of a cooperative, as staff invite and remove them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.web import invitations
from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.cooperatives.detail import render_cooperative
from vendors import queries, services
from vendors.models import Cooperative


@staff_view("cooperative:edit", moves_money=True)
@require_POST
def invite_member(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Offer somebody a role in the cooperative."""
    cooperative = queries.find_cooperative(access.scope, slug)
    form = invitations.MemberForm(request.POST, programme=access.programme)
    if not form.is_valid():
        return render_cooperative(request, access, slug, form)
    try:
        services.invite_member(
            cooperative=cooperative,
            invited=form.invited,
            role=form.cleaned_data["role"],
            by=access.by,
        )
    except TwizaError as refusal:
        form.add_error("email", str(refusal))
        return render_cooperative(request, access, slug, form)
    messages.success(
        request,
        _("Invited. The role begins when the person accepts it by the link in their e-mail."),
    )
    return _to(access, cooperative)


@staff_view("cooperative:edit", moves_money=True)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(
    request: HttpRequest, access: StaffAccess, slug: str, membership_id: int
) -> HttpResponse:
    """End a membership, after confirmation."""
    cooperative = queries.find_cooperative(access.scope, slug)
    membership = queries.find_member(cooperative, membership_id)
    if request.method == "POST":
        carry_out(
            request,
            lambda: services.remove_member(membership=membership, by=access.by),
            _("Removed. The person no longer has access."),
        )
        return _to(access, cooperative)
    context = {"membership": membership, "cooperative": cooperative}
    return render(request, "staff/cooperatives/remove_member.html", context)


@staff_view("cooperative:edit", moves_money=True)
@require_POST
def resend(
    request: HttpRequest, access: StaffAccess, slug: str, invitation_id: UUID
) -> HttpResponse:
    """Send the link of an invitation again."""
    cooperative = queries.find_cooperative(access.scope, slug)
    invitation = queries.find_invitation_of(cooperative, invitation_id)
    invitations.send_again(request, invitation, by=access.by)
    return _to(access, cooperative)


@staff_view("cooperative:edit")
@require_POST
def withdraw(
    request: HttpRequest, access: StaffAccess, slug: str, invitation_id: UUID
) -> HttpResponse:
    """Withdraw an invitation: its link no longer works."""
    cooperative = queries.find_cooperative(access.scope, slug)
    invitation = queries.find_invitation_of(cooperative, invitation_id)
    invitations.withdraw(request, invitation, by=access.by)
    return _to(access, cooperative)


def _to(access: StaffAccess, cooperative: Cooperative) -> HttpResponse:
    return redirect("staff:cooperative", programme=access.programme.slug, slug=cooperative.slug)
