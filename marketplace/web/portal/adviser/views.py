"""The cooperative's adviser, what was done in its name, and the switch of a manager."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.web.lists.pages import show_list
from marketplace.web.outcomes import carry_out
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.adviser.act_list import DONE
from vendors import queries, services


@member_view("cooperative:read")
@require_GET
def show(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Who advises the cooperative today, and every act in its name."""
    return show_list(
        request,
        access,
        DONE,
        "portal/adviser/adviser.html",
        advisers=queries.current_advisers(access.cooperative),
        enrolment=queries.current_enrolment(access.cooperative.pk),
        may_switch=access.allows("member:manage"),
    )


@member_view("member:manage")
@require_POST
def switch(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Let advisers act in the cooperative's name, or no more; what is sent says which."""
    may_act = request.POST.get("may_act") == "yes"
    told = (
        _("Your adviser can act for you again.")
        if may_act
        else _("Switched off. Your adviser can no longer act for you.")
    )
    carry_out(
        request,
        lambda: services.let_advisers_act(
            cooperative=access.cooperative, may_act=may_act, by=access.by
        ),
        told,
    )
    return redirect("portal:adviser", cooperative=access.cooperative.slug)
