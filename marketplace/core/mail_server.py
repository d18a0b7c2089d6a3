"""The mail server by one address, as other servers are given: ``smtp+tls://user:word@host:587``."""

from typing import Any
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_server(url: str) -> dict[str, Any]:
    """Django's mail settings for an address; without one, the server of this machine.

    ``smtp`` is unencrypted, ``smtp+tls`` begins so and changes over, ``smtps`` is encrypted from
    the start. Raises ValueError for another scheme or a missing host.
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
