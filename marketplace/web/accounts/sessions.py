"""Sessions end after a dated time without use; each is listed for its owner, who may end it.

A session notes when it was last used and by what kind of person; the notes are renewed every few
minutes, so that a page costs no query for it. allauth's ``UserSession`` rows are the list.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

from vendors.accounts import User
from vendors.policy import cooperatives_of, programmes_of
from vendors.safeguards import safeguard
from vendors.shop_access import administers_shop

# Under which a session notes when it was last used, and how long it may rest.
NOTE = "twiza_last_used"
# How often the note of the last use is renewed: a fiftieth of the shortest time, or this.
_RENEW_SECONDS = 60


class SessionsMiddleware:
    """Ends a session that was not used for too long; notes the use of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _check(request)
        return self.get_response(request)


def idle_time(user: User) -> timedelta:
    """After how long without use the sessions of a person end: staff first, then members."""
    if programmes := programmes_of(user):
        return min(safeguard("session_idle_staff", programme=one.slug) for one in programmes)
    if administers_shop(user):
        return safeguard("session_idle_staff")
    kind = "session_idle_member" if cooperatives_of(user) else "session_idle_buyer"
    return safeguard(kind)


def sessions_of(user: User) -> list[UserSession]:
    """The person's sessions, the last used first; those that ended otherwise are forgotten."""
    found = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)


def end_session(user: User, session_id: int) -> None:
    """End one of the person's sessions; nothing happens for another's."""
    for session in UserSession.objects.filter(user=user, pk=session_id):
        session.end()


def end_sessions(user: User, *, but: HttpRequest | None = None) -> None:
    """End every session of a person, but the one of a request."""
    for session in UserSession.objects.filter(user=user):
        if but is None or session.session_key != but.session.session_key:
            session.end()


def device_of(user_agent: str) -> tuple[str, str]:
    """The browser and the system that a session's browser named; empty where it is not known."""
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    return browser, system


# The first mark that is found counts: browsers name the others that they are like.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def _check(request: HttpRequest) -> None:
    note, now = request.session.get(NOTE), time.time()
    if note and now - note["at"] > note["seconds"]:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)
    elif not note or now - note["at"] > min(_RENEW_SECONDS, note["seconds"] / 50):
        _note_use(request)


def _note_use(request: HttpRequest) -> None:
    assert isinstance(request.user, User)
    seconds = idle_time(request.user).total_seconds()
    request.session[NOTE] = {"at": time.time(), "seconds": seconds}
    UserSession.objects.create_from_request(request)


def _note_signing_in(request: HttpRequest | None = None, **_about: Any) -> None:
    """List a session from the moment that it begins, also where no further page is opened.

    Whoever has just signed in is not asked for the same password again by a protected page.
    """
    if request is not None and request.META.get("REMOTE_ADDR"):
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {**record, "reauthenticated": True} for record in records
        ]
        _note_use(request)


def connect() -> None:
    """Listen to signing in, whichever page does it."""
    user_logged_in.connect(_note_signing_in, dispatch_uid="twiza.sessions")
