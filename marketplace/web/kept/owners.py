"""Whose a form is that could not be saved, and who is shown it again.

A form belongs to the person for whom its page was opened, as its mark says; without a mark to whom
the session belongs or last belonged. Of somebody without an account it belongs to the browser, by
a random token in a signed cookie that is set when something is kept. So it does at the checkout
once a session has ended: no page there asks to sign in again.
"""

import secrets
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from marketplace.core.hashes import token_hash
from marketplace.web.kept.limits import limit
from marketplace.web.kept.marks import Mark, is_without_sign_in
from marketplace.web.kept.models import KeptForm

COOKIE = "twiza_forms"
_SALT = "kept.owner"


@dataclass(frozen=True, slots=True)
class Owner:
    """A user's id, or the hash of a browser's token."""

    user_id: int | None = None
    browser: str = ""


def owner_of_sent(request: HttpRequest, mark: Mark | None) -> Owner:
    """Whose the form is that this request sends; makes a token for an unknown browser."""
    # Whose session ended at the checkout goes on there without one, in the same browser.
    goes_on = not request.user.is_authenticated and is_without_sign_in(request)
    if mark and mark.owner is not None and not goes_on:
        return Owner(user_id=mark.owner)
    if request.user.is_authenticated:
        return Owner(user_id=request.user.pk)
    kind, value = _cookie(request)
    last = _user_of_ended_session(request) or (int(value) if kind == "user" else None)
    # A page that was opened by nobody in particular (the checkout) is nobody's later either.
    if last is not None and mark is None:
        return Owner(user_id=last)
    token = value if kind == "browser" else secrets.token_urlsafe(24)
    request._kept_token = token  # type: ignore[attr-defined] # noqa: SLF001 -- ours
    return Owner(browser=token_hash(token))


def forms_of_reader(request: HttpRequest) -> Q:
    """The kept forms that whoever reads this page may see."""
    kind, value = _cookie(request)
    unclaimed = Q(owner=None, browser=token_hash(value)) if kind == "browser" else Q(pk=None)
    if not request.user.is_authenticated:
        return unclaimed & ~Q(browser="")
    return Q(owner_id=request.user.pk) | unclaimed


def claim(request: HttpRequest) -> None:
    """What this browser's visitor typed is the person's who has signed in."""
    kind, value = _cookie(request)
    if kind == "browser" and request.user.is_authenticated:
        rows = KeptForm.objects.filter(owner=None, browser=token_hash(value))
        rows.update(owner=request.user.pk)


def exists(user_id: int) -> bool:
    """Whether the user whom a mark names is still there."""
    found: bool = get_user_model().objects.filter(pk=user_id).exists()
    return found


def remember_owner(request: HttpRequest, response: HttpResponseBase) -> None:
    """Leave in the browser whose forms these are, where that changed."""
    token = getattr(request, "_kept_token", None)
    if token is not None:
        wanted = ("browser", token)
    elif request.user.is_authenticated:
        wanted = ("user", str(request.user.pk))
    else:
        return
    if _cookie(request) != wanted:
        response.set_signed_cookie(
            COOKIE,
            ":".join(wanted),
            salt=_SALT,
            max_age=limit("mark_days") * 86_400,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )


def _cookie(request: HttpRequest) -> tuple[str, str]:
    signed = request.get_signed_cookie(COOKIE, default="", salt=_SALT) or ""
    kind, _colon, value = signed.partition(":")
    return kind, value


def _user_of_ended_session(request: HttpRequest) -> int | None:
    """Who was signed in in a session that has run out, where its row is still there."""
    key = request.session.session_key or request.COOKIES.get("sessionid", "")
    row = Session.objects.filter(pk=key, expire_date__lt=timezone.now()).first() if key else None
    found = row.get_decoded().get(SESSION_KEY) if row else None
    return int(found) if found else None
