"""The door of every page behind an order's link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from marketplace.core.client_address import address_key
from marketplace.core.throttle import Use, require
from marketplace.orders.errors import LinkNotValid

View = Callable[..., HttpResponseBase]


def behind_a_link(view: View) -> View:
    """The address is the key to the order: nobody else learns it, nothing keeps the page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except LinkNotValid as error:
            # Valid links go on working: people who share an address with a guesser need theirs.
            require(Use("tracking_unknown", address_key(request)))
            response = render(request, "storefront/tracking/not_valid.html", {"error": error})
            response.status_code = 404
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(guarded)
