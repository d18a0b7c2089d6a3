"""What of a posted form is kept: what somebody typed or chose, never a secret."""

import re
from collections.abc import Iterator

from django.http import HttpRequest, QueryDict

from marketplace.web.kept import marks

# Beside the mark, a form that came back says which kept form it is, and which files to leave out.
KEPT, LEAVE_OUT = "kept_form", "kept_leave_out"
OURS = {marks.FIELD, KEPT, LEAVE_OUT, "csrfmiddlewaretoken"}
# By the name of the field: a password, a code from the phone, a card. Codes of countries, regions
# and posts are none.
_SECRET = re.compile(
    r"pass(word|wd|phrase|code)|secret|token|otp|credential"
    r"|^pin$|(recovery|verification|security|second_factor|confirmation)_?code"
    r"|cvc|cvv|^pan$|card_?(number|no|expiry|code)|^expiry",
    re.IGNORECASE,
)


# A field that is only called a code may also be that of an account in the books.
_CODE = re.compile(r"\s*(\d[\s-]?){6,8}\s*")


def is_secret(name: str, value: str) -> bool:
    """Whether a field is never kept."""
    return bool(_SECRET.search(name)) or (name == "code" and bool(_CODE.fullmatch(value)))


def typed(posted: QueryDict) -> list[tuple[str, str]]:
    """The pairs to keep, in their order."""
    return [pair for pair in _pairs(posted) if pair[0] not in OURS and not is_secret(*pair)]


def says_something(pairs: list[tuple[str, str]]) -> bool:
    """Whether there is anything to keep: a form of empty fields is not."""
    return any(value.strip() for _name, value in pairs)


def without_ours(request: HttpRequest) -> None:
    """Take our own fields out of the request, so that no view meets them."""
    if not OURS - {"csrfmiddlewaretoken"} & set(request.POST):
        return
    posted = request.POST.copy()
    for name in OURS - {"csrfmiddlewaretoken"}:
        posted.pop(name, None)
    request.POST = posted  # type: ignore[assignment]


def _pairs(posted: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in posted.lists():
        for value in values:
            yield name, str(value)
