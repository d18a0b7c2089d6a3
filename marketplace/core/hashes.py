"""Hashes by which something is known again without being readable.

What can be guessed (an address, a telephone number, a code) needs ``keyed_hash``. A random token
cannot be guessed: ``token_hash`` needs no key, and holds when the key of the shop is replaced.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from django.conf import settings


def keyed_hash(parts: Iterable[str]) -> str:
    """A key of several values, from which none of them can be read; the first says what it is."""
    text = "\x00".join(parts).encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def new_token() -> str:
    """A token of 128 random bits, for the address of a page that only its holder opens."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """What is stored of a random token of at least 128 bits."""
    return hashlib.sha256(token.encode()).hexdigest()
