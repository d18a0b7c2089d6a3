"""What is shown when a page fails: the fault's own page, where there is one."""

import sys
from functools import cache
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error as something_went_wrong

from marketplace.core.errors import Unavailable
from marketplace.core.files import is_disk_full

BUSY = HTTPStatus.SERVICE_UNAVAILABLE
NO_SPACE = HTTPStatus.INSUFFICIENT_STORAGE
RETRY_AFTER_SECONDS = 5


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: 507 when the disk is full, 503 when something we need is away.

    A database that is away, restarts, or gave up on a transaction answers again soon.
    """
    error = sys.exception()
    status = _status_of(error)
    if status is None:
        return something_went_wrong(request)
    language = translation.get_language() or "en"
    page = failure_page(status, language, str(error) if isinstance(error, Unavailable) else "")
    response = HttpResponse(page, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == BUSY:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


@cache
def failure_page(status: HTTPStatus, language: str, sentence: str = "") -> bytes:
    """The page of a fault, made once for each language: it costs nothing when all goes wrong.

    ``sentence`` says what does not work, where that is known.
    """
    with translation.override(language):
        return render_to_string(f"{status.value}.html", {"sentence": sentence}).encode()


def _status_of(error: BaseException | None) -> HTTPStatus | None:
    if is_disk_full(error):
        return NO_SPACE
    return BUSY if isinstance(error, OperationalError | InterfaceError | Unavailable) else None
