"""Encryption at rest for account numbers, tokens and bank files (Fernet, rotatable keys)."""

import base64
import hashlib
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

FINGERPRINT_LETTERS = 12


class KeysMissing(RuntimeError):
    """There is no key to encrypt with."""

    def __init__(self) -> None:
        super().__init__("TWIZA_ENCRYPTION_KEYS is not set. Make a key with: twiza keys new")


class NoKeyFits(InvalidToken):
    """What is stored was encrypted with another key, or is damaged."""

    def __str__(self) -> str:
        return (
            "No key of TWIZA_ENCRYPTION_KEYS fits what is stored. Add the key with which it was "
            "encrypted; `twiza keys list` names those in use."
        )


def fingerprint(key: str) -> str:
    """What names a key without giving it away."""
    return hashlib.sha256(b"twiza key\0" + key.encode()).hexdigest()[:FINGERPRINT_LETTERS]


def fingerprints() -> list[str]:
    """Those of ``TWIZA_ENCRYPTION_KEYS``, in their order."""
    return [fingerprint(key) for key in settings.ENCRYPTION_KEYS]


def derived_key(secret: str) -> str:
    """The key that versions before December 2026 used where none was set."""
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()).decode()


@cache
def cipher_of(keys: tuple[str, ...]) -> MultiFernet:
    """What encrypts with the first of these keys and decrypts with each."""
    return MultiFernet([Fernet(key) for key in keys])


def _cipher() -> MultiFernet:
    if not settings.ENCRYPTION_KEYS:
        raise KeysMissing
    return cipher_of(tuple(settings.ENCRYPTION_KEYS))


def encrypt(value: bytes) -> bytes:
    """Encrypt with the first key of ``TWIZA_ENCRYPTION_KEYS``."""
    return _cipher().encrypt(value)


def decrypt(value: bytes) -> bytes:
    """Decrypt with whichever key fits; raises NoKeyFits."""
    try:
        return _cipher().decrypt(value)
    except InvalidToken as error:
        raise NoKeyFits from error


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that only the application can read: the column holds a Fernet token."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value).encode()).decode() if value else value

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        return decrypt(value.encode()).decode() if value else value
