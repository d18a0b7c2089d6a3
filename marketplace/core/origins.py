"""Origins of web pages, as a browser compares them."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import split_domain_port

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


def host_of(address: str) -> str:
    """The host in an address of ours, as a request names it: without a port, IPv6 in brackets."""
    return split_domain_port(urlsplit(address).netloc)[0]
