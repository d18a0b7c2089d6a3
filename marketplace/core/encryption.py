"""Encryption at rest for account numbers, tokens and bank files (Fernet, rotatable keys)."""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


def _cipher() -> MultiFernet:
    keys = settings.ENCRYPTION_KEYS or [
        base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest()).decode()
    ]
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(value: bytes) -> bytes:
    """Encrypt with the first key of ``TWIZA_ENCRYPTION_KEYS``."""
    return _cipher().encrypt(value)


def decrypt(value: bytes) -> bytes:
    """Decrypt with whichever key fits; raises ``cryptography.fernet.InvalidToken``."""
    return _cipher().decrypt(value)


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that only the application can read: the column holds a Fernet token."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value).encode()).decode() if value else value

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        return decrypt(value.encode()).decode() if value else value
