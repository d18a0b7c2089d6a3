"""The page of one cooperative, with the form to invite a member as it was filled in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.web.invitations import MemberForm
from marketplace.web.staff.access import StaffAccess
from vendors import queries
from vendors.admission.queries import admission_of
from vendors.models import Cooperative


def render_cooperative(
    request: HttpRequest, access: StaffAccess, slug: str, form: MemberForm | None = None
) -> HttpResponse:
    """All about one cooperative within the scope, and what it still needs; raises NotFound."""
    detail = queries.cooperative_detail(access.scope_for("cooperative:read"), slug)
    own = detail.cooperative
    may_edit = access.allows("cooperative:edit") and _is_within_edit(access, own)
    waiting = queries.waiting_bank_account(own.pk)
    context = {
        "detail": detail,
        "cooperative": own,
        "notices": queries.told_of(waiting.pk, own.pk) if waiting else [],
        "may_edit": may_edit,
        "admission": admission_of(own) if may_edit else None,
        "may_act": _may_act(access, own),
        "advisers": queries.current_advisers(own),
        "invitations": queries.invitations_of(own) if may_edit else [],
        "member_form": (form or MemberForm(programme=access.programme)) if may_edit else None,
    }
    return render(request, "staff/cooperatives/detail.html", context)


def _may_act(access: StaffAccess, cooperative: Cooperative) -> bool:
    """Whether the person opens the cooperative's portal as its adviser."""
    if not access.allows("cooperative:act"):
        return False
    scope = access.scope_for("cooperative:act")
    return bool(Cooperative.objects.within(scope).filter(pk=cooperative.pk).exists())


def _is_within_edit(access: StaffAccess, cooperative: Cooperative) -> bool:
    scope = access.scope_for("cooperative:edit")
    return bool(Cooperative.objects.within(scope).filter(pk=cooperative.pk).exists())
