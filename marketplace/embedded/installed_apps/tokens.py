"""Tokens of Apps; only their digest is stored."""

import secrets
import string

from marketplace.embedded.authentication import APP_TOKEN_LENGTH, token_digest
from marketplace.embedded.models import App, AppToken

_ALPHABET = string.ascii_letters + string.digits


def new_token() -> str:
    """Return a new App token."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(APP_TOKEN_LENGTH))


def save_token(app: App, token: str, name: str = "Default token") -> AppToken:
    """Store the digest of an App's token."""
    return AppToken.objects.create(
        app=app, name=name, digest=token_digest(token), last_4=token[-4:]
    )
