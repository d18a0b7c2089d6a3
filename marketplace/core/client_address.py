"""Who asks: the network address of a client, also behind proxies.

``X-Forwarded-For`` is believed only as far as ``TWIZA_TRUSTED_PROXIES`` goes: so many proxies, or
the networks in which they stand. Everything left of what they added was typed by the client.
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

MOST_HOPS = 10
FORWARDED = "HTTP_X_FORWARDED_"


@dataclass(frozen=True)
class TrustedProxies:
    """The proxies in front of the web process: how many, or in which networks; neither: none."""

    hops: int = 0
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def read(cls, text: str) -> "TrustedProxies":
        """From the setting, ``1`` or ``10.0.0.0/8,fd00::/8``; raises ImproperlyConfigured."""
        said = [one.strip() for one in text.split(",") if one.strip()]
        if len(said) == 1 and said[0].isdecimal():
            if len(said[0]) > 2 or int(said[0]) > MOST_HOPS:  # noqa: PLR2004 -- two digits
                raise ImproperlyConfigured(f"must be at most {MOST_HOPS} proxies")
            return cls(hops=int(said[0]))
        try:
            return cls(networks=tuple(ip_network(one) for one in said))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"must be a number of proxies, or networks such as 10.0.0.0/8: {error}"
            ) from error

    def __bool__(self) -> bool:
        return bool(self.hops or self.networks)

    def trusts(self, peer: str) -> bool:
        """Whether what this neighbour says of others is believed."""
        if self.hops:
            return True
        found = _parsed(peer)
        return found is not None and any(found in network for network in self.networks)

    def client_of(self, peer: str, forwarded_for: str) -> str:
        """The client's address: ``peer`` is the neighbour's, the header what it was told."""
        chain = [*(one.strip() for one in forwarded_for.split(",") if one.strip()), peer]
        # The proxies nearest to us come last. With fewer entries than proxies, one was passed by.
        steps = min(self.hops, len(chain) - 1) if self.hops else len(chain) - 1
        client = chain.pop()
        for _ in range(steps):
            said = _parsed(chain.pop())
            if said is None or not self.trusts(client):
                break
            client = str(said)
        return client


def client_address(request: HttpRequest) -> str:
    """The address of the client that sent a request; as the network gave it without proxies."""
    trusted: TrustedProxies = settings.TRUSTED_PROXIES
    peer = str(request.META.get("REMOTE_ADDR", ""))
    found = trusted.client_of(peer, request.headers.get("X-Forwarded-For", "")[:2000])
    parsed = _parsed(found)
    return found if parsed is None else str(parsed)


def address_key(request: HttpRequest) -> str:
    """What limits count by: the address, of an IPv6 address the half that a household shares."""
    seen = client_address(request)
    address = _parsed(seen)
    if isinstance(address, IPv6Address):
        return ":".join(address.exploded.split(":")[:4])
    return seen


class ForwardedHeadersMiddleware:
    """Drops what strangers say of a proxy: only a trusted one's ``X-Forwarded-…`` reach others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trusted: TrustedProxies = settings.TRUSTED_PROXIES
        if not trusted or not trusted.trusts(str(request.META.get("REMOTE_ADDR", ""))):
            for name in [name for name in request.META if name.startswith(FORWARDED)]:
                del request.META[name]
        return self.get_response(request)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address in the forms that proxies write: with a port, in brackets, IPv4 inside IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
