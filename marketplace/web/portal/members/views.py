"""Members of the cooperative: listed, invited and removed by a manager."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.web import invitations
from marketplace.web.accounts.second_factor import second_factor_asked
from marketplace.web.outcomes import carry_out
from marketplace.web.portal.access import MemberAccess, member_view
from vendors import queries, services
from vendors.errors import AlreadyMember


@member_view("member:manage")
@require_http_methods(["GET", "HEAD", "POST"])
def list_members(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Everybody with an account, open invitations, and a form to invite with a recent code."""
    own = access.cooperative
    form = invitations.MemberForm(request.POST or None, programme=own.programme)
    if request.method == "POST":
        if (asked := second_factor_asked(request)) is not None:
            return asked
        if form.is_valid() and _invite(form, access):
            said = _(
                "Invited. The role begins when the person accepts it by the link in their e-mail."
            )
            messages.success(request, said)
            return _back(access)
    context = {
        "form": form,
        "members": queries.members_of(own),
        "invitations": queries.invitations_of(own),
    }
    return render(request, "portal/members/list.html", context)


@member_view("member:manage")
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, access: MemberAccess, membership_id: int) -> HttpResponse:
    """End a membership, after confirmation."""
    if (asked := second_factor_asked(request)) is not None:
        return asked
    membership = queries.find_member(access.cooperative, membership_id)
    is_own = membership.user_id == access.user.pk
    if request.method == "POST":
        done = carry_out(
            request,
            lambda: services.remove_member(membership=membership, by=access.by),
            _("Removed. The person no longer has access."),
        )
        return redirect("account-home") if done and is_own else _back(access)
    context = {"membership": membership, "is_own": is_own}
    return render(request, "portal/members/remove.html", context)


@member_view("member:manage")
@require_POST
def resend(request: HttpRequest, access: MemberAccess, invitation_id: UUID) -> HttpResponse:
    """Send the link of an invitation again."""
    invitation = queries.find_invitation_of(access.cooperative, invitation_id)
    if (asked := second_factor_asked(request)) is not None:
        return asked
    invitations.send_again(request, invitation, by=access.by)
    return _back(access)


@member_view("member:manage")
@require_POST
def withdraw(request: HttpRequest, access: MemberAccess, invitation_id: UUID) -> HttpResponse:
    """Withdraw an invitation: its link no longer works."""
    invitation = queries.find_invitation_of(access.cooperative, invitation_id)
    invitations.withdraw(request, invitation, by=access.by)
    return _back(access)


def _invite(form: invitations.MemberForm, access: MemberAccess) -> bool:
    try:
        services.invite_member(
            cooperative=access.cooperative,
            invited=form.invited,
            role=form.cleaned_data["role"],
            by=access.by,
        )
    except AlreadyMember as refusal:
        form.add_error("email", str(refusal))
        return False
    return True


def _back(access: MemberAccess) -> HttpResponse:
    return redirect("portal:members", cooperative=access.cooperative.slug)
