"""The mail server's settings from one address, such as ``smtp+tls://user:password@host:587``."""

from typing import TypedDict
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class MailServer(TypedDict):
    """Django's settings of a mail server; the timeout in seconds."""

    EMAIL_HOST: str
    EMAIL_PORT: int
    EMAIL_HOST_USER: str
    EMAIL_HOST_PASSWORD: str
    EMAIL_USE_TLS: bool
    EMAIL_USE_SSL: bool
    EMAIL_TIMEOUT: int


def mail_server(url: str) -> MailServer:
    """Django's mail settings for an address; without one, the server of this machine.

    ``smtp`` is unencrypted, ``smtp+tls`` uses STARTTLS, ``smtps`` is encrypted from the start.
    Raises ValueError for another scheme or a missing host.
    """
    parts = urlsplit(url or "smtp://localhost")
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(
            "TWIZA_EMAIL_URL must be smtp://HOST, smtp+tls://USER:PASSWORD@HOST or smtps://…"
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
