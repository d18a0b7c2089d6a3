"""Every form that is sent passes here: kept when it was not saved, forgotten once it was."""

from collections.abc import Callable
from typing import Any, TypeGuard

from django.contrib.messages import ERROR, get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from marketplace.web.kept import pages
from marketplace.web.kept.files import restore_files
from marketplace.web.kept.keeping import forget_saved, keep, kept_form, sent_form
from marketplace.web.kept.marks import FIELD, is_kept_address
from marketplace.web.kept.owners import claim, remember_owner
from marketplace.web.kept.typed import without_ours
from marketplace.web.kept.unavailable import answer_to_failed, answer_to_failure

_SENT_AGAIN = (200, 400, 409, 422, 507)
# Nothing can be asked of the database now, not even who it is.
_FAILED = (500, 503)


class KeptFormsMiddleware:
    """Reads our fields from a form, and looks at the answer to it.

    A redirect says that the form was saved, unless an error is told with it. Another page shows the
    form again: with what was typed, and with the files that were chosen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code in _FAILED:
            return answer_to_failed(request, response)
        if is_kept_address(request):
            if request.method == "POST":
                response = self._after_form(request, response)
            elif request.method == "GET" and _is_page(response):
                claim(request)
                pages.put_back(request, response)
            remember_owner(request, response)
        return response

    def process_view(self, request: HttpRequest, *_about_view: Any) -> None:
        if request.method != "POST" or not is_kept_address(request):
            return
        sent = sent_form(request)
        if sent.kept_id and request.user.is_authenticated:
            sent.kept = kept_form(request, sent.kept_id)
            if sent.kept is not None:
                restore_files(sent.kept, request, leave_out=sent.leave_out)
        without_ours(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if request.method != "POST" or not is_kept_address(request):
            return None
        return answer_to_failure(request, error)

    def _after_form(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if sent_form(request).is_set_aside:
            return response
        if 300 <= response.status_code < 400:  # noqa: PLR2004 -- a redirect
            if _tells_an_error(request) and not sent_form(request).is_saved:
                keep(request, was_refused=True)
            else:
                forget_saved(request)
        elif response.status_code in _SENT_AGAIN and _is_page(response):
            sent = sent_form(request)
            if request.FILES or sent.kept_id:
                keep(request)
            pages.show_again(request, response, sent)
        return response


def _is_page(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Whether the answer is a page with a form of ours."""
    return (
        isinstance(response, HttpResponse)
        and response.headers.get("Content-Type", "").startswith("text/html")
        and f'name="{FIELD}"'.encode() in response.content
    )


def _tells_an_error(request: HttpRequest) -> bool:
    """Whether the view has told the person that it refused."""
    told = getattr(get_messages(request), "_queued_messages", [])
    return any(message.level >= ERROR for message in told)
