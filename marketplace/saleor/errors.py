"""Errors between us and the commerce engine."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError, Unavailable
from marketplace.saleor.refusal_words import in_words


class EngineUnavailable(Unavailable):
    """The engine could not be reached or failed; a retry can help."""

    code = "engine_unavailable"
    message = _("The shop's engine is not responding. Please try again in a moment.")
    what = "The commerce engine"


class NotInstalled(EngineUnavailable):
    """We have no token of the engine: our App has to be installed there first."""

    code = "engine_not_installed"
    message = _("Twiza is not installed on the shop's engine yet.")


class EngineRefused(TwizaError):
    """The engine refused a request. ``errors`` are dicts of field, message and code.

    People read it in words of ours, by code and field. The engine's English sentences are for the
    log: in the traceback, and with ``%r``.
    """

    code = "engine_refused"
    message = _("The shop's engine rejected this request.")

    def __init__(self, errors: Sequence[dict[str, Any]]) -> None:
        self.errors = list(errors)
        super().__init__()
        self.add_note(repr(self))

    def __str__(self) -> str:
        return in_words(self.errors)

    def __repr__(self) -> str:
        told = "; ".join(
            f"{e.get('code')} {e.get('field') or ''}: {e.get('message') or ''}" for e in self.errors
        )
        return f"{type(self).__name__}({told})"

    @property
    def codes(self) -> tuple[str, ...]:
        """The engine's error codes, such as ``INSUFFICIENT_STOCK`` or ``PermissionDenied``."""
        return tuple(str(error.get("code", "")) for error in self.errors)


class EngineTooOld(TwizaError):
    """The Saleor at the configured address lacks features that the shop needs."""

    code = "engine_too_old"
    message = _("Saleor %(version)s is too old for this shop: it needs %(needed)s or newer.")

    def __init__(self, version: str, needed: str) -> None:
        super().__init__(version=version, needed=needed)


class NotSetUp(TwizaError):
    """The store's set-up has not been applied."""

    code = "engine_not_set_up"
    message = _("The shop's engine is not set up yet: run “twiza saleor apply”.")


class ChannelUnusable(TwizaError):
    """A market's channel does not exist in the store, or has another currency."""

    code = "channel_unusable"
    message = _(
        "The channel %(channel)s needs the currency %(needed)s; the engine has: "
        "%(found)s. Name another channel in TWIZA_CHANNELS, or none, so that the "
        "market gets its own."
    )

    def __init__(self, *, channel: str, needed: str, found: str) -> None:
        super().__init__(channel=channel, needed=needed, found=found)


class TokenFromEnvironment(TwizaError):
    """Our App's token is set by SALEOR_APP_TOKEN: a stored one would not be used."""

    code = "token_from_environment"
    message = _("The App's token is set by SALEOR_APP_TOKEN: change or remove it there.")


class BadPerson(TwizaError):
    """A token from Saleor's Dashboard that is not for our App, or has expired."""

    code = "bad_person"
    message = _("Saleor's Dashboard did not identify you. Reload the page.")


class PersonMayNot(TwizaError):
    """A Dashboard user without the permission for this page."""

    code = "person_may_not"
    message = _("Your Saleor account does not have access to this.")


class UnknownId(TwizaError):
    """We do not know the engine's id of this object."""

    code = "unknown_id"
    message = _("The shop's engine does not know this %(kind)s yet.")

    def __init__(self, kind: str, our_id: object) -> None:
        self.our_id = our_id
        super().__init__(kind=kind)


class BadSignature(TwizaError):
    """A webhook that the configured engine did not sign."""

    code = "bad_signature"
    message = _("The signature of this request is not valid.")
