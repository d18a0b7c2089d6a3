"""The second factor, required again shortly before something that moves money."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vendors.safeguards import safeguard

_STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_fresh_second_factor(request: HttpRequest) -> bool:
    """Whether the user gave a code (or a key) within the period of the dated rule."""
    since = time.time() - safeguard("second_factor").total_seconds()
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" and record["at"] >= since for record in records)


def second_factor_asked(request: HttpRequest) -> HttpResponse | None:
    """A redirect to set up or enter a second factor; None if it was entered recently.

    Afterwards the user returns to the same page, with the data that they had sent.
    """
    if not is_mfa_enabled(request.user, _STRONG):
        messages.warning(
            request,
            _(
                "This step concerns money and needs two-step verification. Set it up first, "
                "then come back."
            ),
        )
        return redirect("mfa_activate_totp")
    if has_fresh_second_factor(request):
        return None
    asked: HttpResponse = suspend_request(request, reverse("mfa_reauthenticate"))
    return asked


def second_factor_required(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Wrap ``view(request, access, **kwargs)``, inside the decorator that checks access."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return second_factor_asked(request) or view(request, *args, **kwargs)

    return guarded
