"""Which function hears which of allauth's signals; its code is loaded when the first one comes.

Every process connects them, and few ever change an account.
"""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import Signal
from django.utils.module_loading import import_string

_CHANGES = "marketplace.web.accounts.factor_changes"
HEARD: tuple[tuple[Signal, str], ...] = (
    (authenticator_added, f"{_CHANGES}.on_factor_added"),
    (authenticator_removed, f"{_CHANGES}.on_factor_removed"),
    (authenticator_reset, f"{_CHANGES}.on_factor_removed"),
    (password_changed, f"{_CHANGES}.on_password_changed"),
    (password_set, f"{_CHANGES}.on_password_changed"),
    (password_reset, f"{_CHANGES}.on_password_reset"),
    (email_changed, f"{_CHANGES}.on_address_changed"),
)


def connect() -> None:
    """Listen to allauth's signals."""
    for signal, path in HEARD:
        # Nothing else keeps the receiver.
        signal.connect(_Loaded(path), weak=False, dispatch_uid=f"twiza.{path}.{id(signal)}")


class _Loaded:
    """A receiver whose function is loaded when it is called."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __call__(self, **said: Any) -> None:
        import_string(self._path)(**said)
