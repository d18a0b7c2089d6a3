"""Whether another site had the browser send this form."""

from urllib.parse import urlsplit

from django.http import HttpRequest

_OTHERS = {"cross-site", "same-site"}


def is_from_another_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of another origin sent this request.

    Browsers name the origin with every POST, and say "null" where a page hides it. A request
    without any of the three headers was not sent by a browser of the last years.
    """
    if request.headers.get("Sec-Fetch-Site", "") in _OTHERS:
        return True
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc != request.get_host()
    referrer = request.headers.get("Referer")
    return bool(referrer) and urlsplit(referrer).netloc != request.get_host()
