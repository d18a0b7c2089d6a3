"""A full disk, a service that is away: the person gets back what was typed, in the answer."""

import logging
from contextlib import suppress
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from marketplace.core.errors import Forbidden, NotFound, Unavailable
from marketplace.core.files import DiskFull, is_disk_full
from marketplace.web.kept.keeping import keep, sent_form
from marketplace.web.kept.marks import is_kept_address
from marketplace.web.kept.origins import is_from_another_site

UNAVAILABLE, NO_SPACE = HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE
_SECONDS = "30"
_FAILURES = (OSError, OperationalError, InterfaceError, DiskFull, Unavailable)
logger = logging.getLogger(__name__)


def answer_to_failure(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The answer to a form during which ``error`` was raised.

    Where storage, the database or another service that it needs fails, the page holds the typed
    text itself, as nothing can be asked of it now. Any other error is somebody's mistake: the form
    is kept, and the error goes on to where errors are reported.
    """
    if isinstance(error, Http404 | PermissionDenied | NotFound | Forbidden):
        # The page is not theirs: nothing of it is kept.
        return None
    is_failure = isinstance(error, _FAILURES)
    if not is_failure or isinstance(error, PermissionError):
        keep(request)
        return None
    # The page answers in place of the error, which nobody else would tell of.
    logger.error("A form could not be saved", exc_info=error)
    if isinstance(error, Unavailable):
        return page_with_text(request, UNAVAILABLE, str(error))
    return page_with_text(request, NO_SPACE if is_disk_full(error) else UNAVAILABLE)


def answer_to_failed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer to a form that failed before its view was reached, with the text in it."""
    if request.method != "POST" or response.status_code != UNAVAILABLE:
        return response
    if getattr(response, "shop_is_closed", False):
        # That page says why, and until when.
        return response
    if request.resolver_match is None:
        with suppress(Resolver404):
            request.resolver_match = resolve(request.path_info)
    # The token was not compared yet.
    if not is_kept_address(request) or is_from_another_site(request):
        return response
    return response if sent_form(request).is_set_aside else page_with_text(request, UNAVAILABLE)


def page_with_text(request: HttpRequest, status: HTTPStatus, sentence: str = "") -> HttpResponse:
    """A page that holds what was typed, with a button that sends it again.

    ``sentence`` says what does not work, where that is known.
    """
    sent = sent_form(request)
    context = {
        "sentence": sentence,
        "pairs": sent.pairs,
        "path": request.get_full_path(),
        "csrf_token": get_token(request),
        "had_files": bool(request.FILES),
    }
    # Without the request: its context would ask the database for the frame of the page.
    page = render_to_string("kept/unavailable.html", context)
    sent.is_set_aside = True
    return HttpResponse(page, status=status, headers={"Retry-After": _SECONDS})
