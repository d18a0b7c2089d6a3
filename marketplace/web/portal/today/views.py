"""The first page of the portal: what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.offline.copies import kept_on_phones
from marketplace.web.portal.today.board import board


@member_view("cooperative:read")
@require_safe
@kept_on_phones
def show_today(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Pending money, today's tasks, the month, and the programme's contact."""
    return render(request, "portal/today/today.html", {"board": board(access)})
