"""Files from addresses that strangers wrote: https only, never from a network of our own.

A name is resolved once, each of its addresses must be a public one, and the connection goes to what
was looked at, so that a second answer of the name server changes nothing. Each redirection is
looked at in the same way. What a proxy of the environment says is not heard.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from contextlib import closing, suppress
from socket import create_connection, getaddrinfo
from threading import Timer
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError

PORT = 443
MOST_REDIRECTIONS = 3
# Of one step of the connection, and of all of an attempt.
STEP_SECONDS = 10.0
WHOLE_SECONDS = 30.0
RETRY_AFTER_SECONDS = 1.0
AGENT = "Twiza (import of products)"
_CHUNK = 64 * 1024
_MOVED = {301, 302, 303, 307, 308}
_PASSING = {408, 425, 429, 500, 502, 503, 504}
# Of IPv6 addresses that carry one of IPv4, which is then where the connection may end.
_CARRIERS = ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
_CARRYING = tuple(ipaddress.ip_network(network) for network in _CARRIERS)


class NotFetched(TwizaError):
    """Nothing came from the address."""

    code = "not_fetched"
    message = _("The server did not send the file.")


class NotPublic(NotFetched):
    """The address is none that we ask."""

    code = "not_public"
    message = _("Only public addresses that begin with https:// are asked.")


class NotThere(NotFetched):
    """The server says that there is no such file."""

    code = "not_there"
    message = _("The server answers %(status)s: the file is not there, or not for everybody.")


class TooMuch(NotFetched):
    """The file is larger than we take."""

    code = "too_much"
    message = _("The file is too large. The limit is %(most)s MB.")


class NoAnswer(NotFetched):
    """The server could not be reached, or was too slow; later it may be."""

    code = "no_answer"
    message = _("The server does not answer, or is too slow.")
    retry = True


class _Answer(NamedTuple):
    status: int
    moved_to: str
    content: bytes


def fetch(address: str, *, most_bytes: int) -> bytes:
    """The file at an address; raises NotFetched and its kinds. A passing failure is tried again."""
    try:
        return _fetch(address, most_bytes)
    except NoAnswer:
        time.sleep(RETRY_AFTER_SECONDS)
        return _fetch(address, most_bytes)


def host_of(address: str) -> str:
    """The host of an address, empty when it names none."""
    with suppress(ValueError):
        return (urlsplit(address).hostname or "").lower()
    return ""


def require_public_form(address: str) -> None:
    """Raise NotPublic for what is no https address, or names a private network; asks nobody."""
    parts = _parts(address)
    with suppress(ValueError):
        if not is_public(str(parts.hostname).partition("%")[0]):
            raise NotPublic


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public network; raises ValueError for another text."""
    found = ipaddress.ip_address(number)
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped is not None:
        return is_public(str(mapped))
    if any(found.version == network.version and found in network for network in _CARRYING):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _fetch(address: str, most_bytes: int) -> bytes:
    deadline = time.monotonic() + WHOLE_SECONDS
    for _hop in range(MOST_REDIRECTIONS + 1):
        answer = _asked(_parts(address), most_bytes, deadline)
        if answer.status in _MOVED and answer.moved_to:
            address = urljoin(address, answer.moved_to)
            continue
        if answer.status in _PASSING:
            raise NoAnswer
        if answer.status != http.client.OK:
            raise NotThere(status=answer.status)
        return answer.content
    raise NotFetched


def _parts(address: str) -> SplitResult:
    """The parts of an https address without a person's name in it; raises NotPublic."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or PORT
    except ValueError as error:
        raise NotPublic from error
    is_plain = parts.scheme.lower() == "https" and port == PORT and "@" not in parts.netloc
    if not is_plain or not parts.hostname:
        raise NotPublic
    return parts


def _asked(parts: SplitResult, most_bytes: int, deadline: float) -> _Answer:
    """One request and its answer, ended at the deadline however slowly the server sends."""
    connection = _Pinned(str(parts.hostname), PORT, timeout=STEP_SECONDS)
    watch = Timer(max(deadline - time.monotonic(), 0.01), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        with closing(connection):
            connection.request("GET", _target(parts), headers={"User-Agent": AGENT})
            answer = connection.getresponse()
            moved_to = answer.headers.get("Location", "")
            if answer.status != http.client.OK:
                return _Answer(answer.status, moved_to, b"")
            return _Answer(answer.status, "", _read(answer, most_bytes, deadline))
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise NoAnswer from error
    finally:
        watch.cancel()


def _read(answer: http.client.HTTPResponse, most_bytes: int, deadline: float) -> bytes:
    content = bytearray()
    said = answer.headers.get("Content-Length", "")
    is_too_long = said.isdecimal() and int(said) > most_bytes
    while not is_too_long and (chunk := answer.read(_CHUNK)):
        content += chunk
        is_too_long = len(content) > most_bytes
        if time.monotonic() > deadline:
            raise NoAnswer
    if is_too_long:
        raise TooMuch(most=most_bytes // (1024 * 1024))
    if said.isdecimal() and len(content) < int(said):
        raise NoAnswer
    return bytes(content)


def _target(parts: SplitResult) -> str:
    """Path and question, with every sign that is none of an address written as one."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else path


class _Pinned(http.client.HTTPSConnection):
    """Connects to an address that was looked at, and to no other of the same name."""

    # What ``cut`` ends: the connection lets go of its socket before the answer is read.
    _line: socket.socket | None = None

    def connect(self) -> None:
        """Connect, then greet as TLS does; raises NotPublic, OSError."""
        plain = _connected(_resolved(self.host), self.timeout)
        self._line = self.sock = tls().wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()

    def cut(self) -> None:
        """End it while somebody waits for it."""
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def tls() -> ssl.SSLContext:
    """Certificates are checked as browsers do."""
    return ssl.create_default_context()


def _connected(hosts: list[str], timeout: float | None) -> socket.socket:
    """A connection to the first of the addresses that takes one; raises OSError."""
    failure = OSError("no address")
    for host in hosts[:2]:
        try:
            return create_connection((host, PORT), timeout)
        except OSError as error:
            failure = error
    raise failure


def _resolved(host: str) -> list[str]:
    """The addresses of a host; raises NotPublic when one of them is not public, OSError."""
    answers = getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not found or not all(is_public(each.partition("%")[0]) for each in found):
        raise NotPublic
    return found
