"""The second factor: staff need one, and give it again shortly before something that moves money.

A factor that was added lately rests for the time of the dated rule ``factor_rest`` before it may
move money, so that its owner, who is mailed, notices one that somebody else has added. A recovery
code signs in; it never moves money.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from marketplace.web.accounts.kept_request import keep_request, resume_kept_request
from marketplace.web.kept.keeping import set_aside
from vendors.safeguards import safeguard

_STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
SET_UP = "mfa_activate_totp"


def strong_factors(request: HttpRequest) -> dict[int, datetime]:
    """The person's apps and passkeys: id → since when. One query for each request."""
    known: dict[int, datetime] | None = getattr(request, "_strong_factors", None)
    if known is None:
        found = Authenticator.objects.filter(user_id=request.user.pk, type__in=_STRONG)
        known = dict(found.values_list("pk", "created_at"))
        request._strong_factors = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def rested_from(request: HttpRequest) -> datetime | None:
    """From when the oldest factor may move money; None without a factor."""
    known = strong_factors(request)
    return min(known.values()) + safeguard("factor_rest") if known else None


def session_has_factor(request: HttpRequest) -> bool:
    """Whether this session gave a factor of the person, at any time; a recovery code is one."""
    return bool(strong_factors(request)) and _was_used(
        request, within=None, rest=timedelta(0), recovery=True
    )


def has_fresh_second_factor(request: HttpRequest) -> bool:
    """Whether a rested app or passkey was used within the period of the dated rule."""
    return _was_used(request, within=safeguard("second_factor"), rest=safeguard("factor_rest"))


def second_factor_asked(request: HttpRequest) -> HttpResponse | None:
    """The page that sets up or asks for the second factor; None if it was given lately.

    Afterwards the user returns to the same address, where what they had sent is carried out.
    """
    ready_from = rested_from(request)
    if ready_from is None:
        messages.warning(
            request,
            _(
                "This step concerns money and needs two-step verification. Set it up first, "
                "then come back."
            ),
        )
        set_aside(request)
        return redirect(SET_UP)
    if ready_from > timezone.now():
        return render(request, "accounts/resting.html", {"ready_from": ready_from}, status=403)
    if has_fresh_second_factor(request):
        return None
    if _was_used(request, within=safeguard("second_factor"), rest=timedelta(0)):
        messages.warning(
            request, _("The app or passkey that you used is new. Use the older one, or wait a day.")
        )
    return _ask_code(request)


def second_factor_required(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Wrap ``view(request, access, **kwargs)``, inside the decorator that checks access."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return second_factor_asked(request) or view(request, *args, **kwargs)

    return guarded


def continue_kept_request(request: HttpRequest) -> None:
    """Carry out, at its own address, what was sent before the code was given."""
    resume_kept_request(request, is_code_fresh=has_fresh_second_factor(request))


def staff_factor_asked(request: HttpRequest, *, moves_money: bool) -> HttpResponse | None:
    """What stands before a page of staff; None where it may be shown.

    Every page needs a factor and a session that gave it; one that ``moves_money`` also a recent
    code for what is sent, and it says beforehand when a new factor still rests.
    """
    if not strong_factors(request):
        messages.warning(
            request,
            _("Staff need two-step verification. Set it up now; it takes two minutes."),
        )
        return redirect(SET_UP)
    if not session_has_factor(request):
        return _ask_code(request)
    if not moves_money:
        return None
    if request.method == "POST":
        return second_factor_asked(request)
    ready_from = rested_from(request)
    if ready_from and ready_from > timezone.now():
        messages.info(
            request,
            _("Your two-step verification is new: steps that concern money wait for a day."),
        )
    return None


def change_of_factor_asked(request: HttpRequest) -> HttpResponse | None:
    """What stands before a change of one's ways in; None where it may be shown.

    A person with a second factor gives it first, a new one or a recovery code too: who has lost a
    phone removes it. A password alone changes nothing there.
    """
    if not strong_factors(request):
        return None
    recently = safeguard("second_factor")
    if _was_used(request, within=recently, rest=timedelta(0), recovery=True):
        return None
    return _ask_code(request)


def _ask_code(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        keep_request(request)
    path = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    has_app = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP)
    page = "mfa_reauthenticate" if has_app.exists() else "mfa_reauthenticate_webauthn"
    asked: HttpResponse = redirect(f"{reverse(page)}?{path}")
    return asked


def _was_used(
    request: HttpRequest, *, within: timedelta | None, rest: timedelta, recovery: bool = False
) -> bool:
    """Whether this session gave a factor that is still the person's and had rested by then."""
    known, now = strong_factors(request), time.time()
    for record in get_authentication_records(request, request.user):
        if record["method"] != "mfa" or (within and record["at"] < now - within.total_seconds()):
            continue
        if recovery and record.get("type") == Authenticator.Type.RECOVERY_CODES:
            return True
        since = known.get(record.get("id", 0))
        if since and since + rest <= timezone.now():
            return True
    return False
