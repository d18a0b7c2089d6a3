"""The list of one's sessions, and the end of each."""

from typing import Any

from babel.dates import format_timedelta
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.web.accounts import sessions
from vendors.accounts import User


@login_required
@require_safe
def list_sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in, with device, last use and network address."""
    user = _person(request)
    found: list[dict[str, Any]] = [
        {
            "pk": session.pk,
            "device": _device(session.user_agent),
            "ip": session.ip,
            "last_seen_at": session.last_seen_at,
            "is_current": session.session_key == request.session.session_key,
        }
        for session in sessions.sessions_of(user)
    ]
    idle = format_timedelta(sessions.idle_time(user), threshold=2, locale=get_language() or "en")
    context = {"sessions": found, "idle": idle}
    return render(request, "accounts/sessions.html", context)


@login_required
@require_POST
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one session."""
    sessions.end_session(_person(request), session_id)
    messages.success(request, _("Ended. That device is signed out."))
    return redirect("account-sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    sessions.end_sessions(_person(request), but=request)
    messages.success(request, _("Ended. All other devices are signed out."))
    return redirect("account-sessions")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _device(user_agent: str) -> str:
    browser, system = sessions.device_of(user_agent)
    if not browser and not system:
        return _("Unknown device")
    return " · ".join(filter(None, (browser, system)))
