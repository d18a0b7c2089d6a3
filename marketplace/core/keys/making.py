"""A new key. Without Django: whoever makes the first one has nothing set up yet."""

from cryptography.fernet import Fernet


def new_key() -> str:
    """A random key for ``TWIZA_ENCRYPTION_KEYS``."""
    return Fernet.generate_key().decode()
