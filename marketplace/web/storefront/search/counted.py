"""Whose searches are counted: a visitor is a network address, a robot is nobody.

Robots that say who they are, and pages that a browser fetches before anybody asked for them, are
left out. A robot that says nothing, or pretends to be a browser, is one visitor, as its address is
one; so are all who share an address, which makes the count too low rather than too high.
"""

from functools import lru_cache

from crawleruseragents import is_crawler
from django.http import HttpRequest

from marketplace.core.client_address import address_key

_MAX_AGENT_LENGTH = 400


def counted_visitor(request: HttpRequest) -> str:
    """What tells this visitor from others today; empty for one who is not counted."""
    headers = request.headers
    is_fetched_ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", "")).lower()
    agent = headers.get("User-Agent", "")[:_MAX_AGENT_LENGTH]
    if is_fetched_ahead or _is_robot(agent):
        return ""
    return address_key(request)


@lru_cache(maxsize=2_000)
def _is_robot(agent: str) -> bool:
    """Whether a client calls itself a robot; the list knows over a thousand of them."""
    return bool(is_crawler(agent))
