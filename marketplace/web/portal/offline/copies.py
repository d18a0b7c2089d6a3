"""Which pages a phone may keep to show them without a network, and whose copy it is.

The service worker keeps nothing without this header. It keeps the copies of one person at a time.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from vendors.policy import MemberAccess

PERSON = "X-Offline-Person"
WHOLE = 200
View = Callable[..., HttpResponse]


def kept_on_phones(view: View) -> View:
    """Mark a member's page, seen whole; never what an adviser sees who acts for the cooperative."""

    @wraps(view)
    def marked(
        request: HttpRequest, access: MemberAccess, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = view(request, access, *args, **kwargs)
        if response.status_code == WHOLE and not access.is_acting and not request.GET:
            response.headers[PERSON] = str(access.user.pk)
        return response

    return marked
