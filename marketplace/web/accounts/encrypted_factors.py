"""The second factors' secrets, for those who replace keys."""

from marketplace.core.keys.stores import ColumnStore
from marketplace.web.accounts.mfa_adapter import ENCRYPTED

_TABLE = "mfa_authenticator"


def app_secrets() -> ColumnStore:
    """Those of apps on phones."""
    return ColumnStore(_TABLE, "data", key="secret", prefix=ENCRYPTED)


def recovery_seeds() -> ColumnStore:
    """Those from which recovery codes are made."""
    return ColumnStore(_TABLE, "data", key="seed", prefix=ENCRYPTED)
