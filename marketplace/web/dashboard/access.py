"""Access by the token from the Dashboard, with the permission of the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core.errors import TwizaError
from marketplace.saleor.dashboard_person import person_of
from marketplace.saleor.errors import BadPerson, EngineUnavailable, PersonMayNot

View = Callable[..., HttpResponse]
STATUS: dict[type[TwizaError], int] = {BadPerson: 401, PersonMayNot: 403, EngineUnavailable: 503}


def for_persons_who(permission: str) -> Callable[[View], View]:
    """Require a token with ``permission``; 401 without a valid token, else 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            try:
                person_of(token if scheme == "Bearer" else "").require(permission)
            except (BadPerson, PersonMayNot, EngineUnavailable) as error:
                context = {"problem": str(error)}
                return render(
                    request, "dashboard/refused.html", context, status=STATUS[type(error)]
                )
            return view(request, *args, **kwargs)

        return checked

    return decorate
