"""What a person sent before a code was asked for: a kept form, carried out afterwards.

The person is sent to the page that asks for the code and then to the same address again. There the
guard of the page carries out what was sent, so that the answer has its own address: a form that is
shown again posts to where it belongs. The session only says which kept form it is, so that account
numbers are nowhere in clear, and files of any size come along.
"""

import time

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from marketplace.web.kept.files import restore_files
from marketplace.web.kept.keeping import Sent, kept_form, set_aside
from vendors.safeguards import safeguard

_KEY = "twiza_kept_request"


def keep_request(request: HttpRequest) -> None:
    """Keep what a form sent, until the code is given; the next one takes its place."""
    kept = set_aside(request)
    request.session[_KEY] = {
        "path": request.get_full_path(),
        "at": time.time(),
        # A form that is only a button has nothing to keep.
        "form": str(kept.pk) if kept else "",
    }


def resume_kept_request(request: HttpRequest, *, is_code_fresh: bool) -> None:
    """Turn the request into the one that was kept for its address, if there is one, once.

    A kept request is carried out only after a code was given, and not later than a code holds.
    """
    known = request.session.get(_KEY)
    if known is None or request.method != "GET" or known["path"] != request.get_full_path():
        return
    if not is_code_fresh:
        return
    del request.session[_KEY]
    if time.time() - known["at"] > safeguard("second_factor").total_seconds():
        return
    kept = kept_form(request, known["form"]) if known["form"] else None
    if known["form"] and kept is None:
        return
    posted = QueryDict(mutable=True)
    for name, value in kept.pairs if kept else ():
        posted.appendlist(name, value)
    request.method = "POST"
    request.META["REQUEST_METHOD"] = "POST"
    request._post = posted  # type: ignore[attr-defined]  # noqa: SLF001 -- Django has no other way
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001
    request._sent_form = Sent(None, kept.pairs if kept else [], known["form"], [], kept)  # type: ignore[attr-defined]  # noqa: SLF001
    if kept is not None:
        restore_files(kept, request, leave_out=())
