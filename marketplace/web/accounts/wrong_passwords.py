"""How many wrong passwords are taken, and from whom.

Ten from one address for one account (axes counts those), a hundred from one address whatever the
account, thirty for one account from anywhere. The last would let a stranger lock the owner out:
it does not bind a browser that signed in to the account before, which has a count of its own
("device cookies", OWASP), and a code by mail lets the owner in from any other.
"""

from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from marketplace.core.client_address import address_key
from marketplace.core.hashes import keyed_hash
from marketplace.core.throttle import TooSoon, Use, release, require
from marketplace.web.refusals import too_soon

COOKIE = "twiza_known_browser"
COOKIE_AGE = 180 * 24 * 3600
_SALT = "known browser"
LONGEST = 254


class PasswordPaused(TooSoon):
    """Passwords are refused for a while; a code by mail is not."""

    code_by_mail = True


def account_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that somebody tries, as counted: the address typed, whether it exists or not."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(typed).strip().lower()[:LONGEST]


def is_known_browser(request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
    """Whether this browser signed in to the account before (axes then leaves it to us)."""
    return bool(_browser(request, account_of(request, credentials)))


def count(request: HttpRequest, account: str) -> None:
    """Count a try before the password is compared; raises PasswordPaused."""
    try:
        require(*_limits(request, account))
    except TooSoon as error:
        raise PasswordPaused(seconds=error.seconds) from error


def forget(request: HttpRequest, account: str) -> None:
    """The password was right: the try does not count."""
    release(*_limits(request, account))


def remember_browser(response: HttpResponse, email: str) -> None:
    """From now on the browser is known to the account."""
    value = signing.dumps(
        [keyed_hash(("browser", email.lower())), get_random_string(12)], salt=_SALT
    )
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_AGE,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def locked_out(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None
) -> HttpResponse:
    """The page instead of axes' own."""
    cool_off = get_cool_off(request)
    assert cool_off is not None
    return too_soon(request, PasswordPaused(seconds=int(cool_off.total_seconds())))


def _limits(request: HttpRequest, account: str) -> tuple[Use, ...]:
    if browser := _browser(request, account):
        return (Use("sign_in_browser", browser),)
    return (Use("sign_in_address", address_key(request)), Use("sign_in_account", account))


def _browser(request: HttpRequest, account: str) -> str:
    """The number of a browser that is known to the account; empty for any other."""
    try:
        known, number = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(number) if known == keyed_hash(("browser", account)) else ""
