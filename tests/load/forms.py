"""Forms of a page, sent as a browser without scripts sends them."""

import httpx
from lxml import html

from tests.attacks.visitor import Visitor

BUSY_STATUSES = (502, 503, 504)


class Busy(Exception):
    """The server says that it is busy, and when to come again."""


class Unexpected(Exception):
    """An answer that nobody should get."""


def get(visitor: Visitor, path: str) -> httpx.Response:
    """A page, after redirects. Raises Busy, Unexpected, or what httpx raises."""
    return _right(visitor.get(path, follow_redirects=True))


def send(visitor: Visitor, page: httpx.Response, wanted: str, **typed: str) -> httpx.Response:
    """Send the page's form that has the field ``wanted``; its other fields as they stand there."""
    document = html.fromstring(page.text)
    for form in document.forms:
        fields = dict(form.form_values())
        if wanted in fields or any(box.get("name") == wanted for box in form.inputs):
            break
    else:
        raise Unexpected(f"{page.url.path} has no form with {wanted}")
    action = page.url.join(form.get("action") or "").raw_path.decode()
    return _right(visitor.post(action, data=fields | typed, follow_redirects=True))


def _right(answer: httpx.Response) -> httpx.Response:
    if answer.status_code in BUSY_STATUSES:
        if answer.status_code == 503 and "Retry-After" in answer.headers:
            raise Busy
        raise Unexpected(f"{answer.status_code} without Retry-After")
    if answer.status_code >= 400:
        raise Unexpected(f"{answer.status_code} at {answer.url.path}")
    return answer
