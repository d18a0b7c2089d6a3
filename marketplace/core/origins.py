"""Origins of web pages, as a browser compares them."""

import re

from django.core.exceptions import ImproperlyConfigured

_ORIGIN = re.compile(r"(https?://[a-z0-9.\-]+(?::\d{1,5})?)/?", re.IGNORECASE)


def origin_of(said: str) -> str:
    """The origin in a setting, without a closing slash; empty when none is set.

    Raises ImproperlyConfigured for anything but a scheme, a host and an optional port: it is used
    in the header that allows framing of our pages.
    """
    if not said.strip():
        return ""
    found = _ORIGIN.fullmatch(said.strip())
    if found is None:
        raise ImproperlyConfigured(
            f"must be an origin such as https://dashboard.example, not {said!r}"
        )
    return found[1].lower()
