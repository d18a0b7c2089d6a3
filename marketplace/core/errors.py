"""The base class of expected errors: a code, a message for the reader, whether to retry."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class TwizaError(Exception):
    """An expected error, with a message in the reader's language.

    ``code`` is stable and for programs; ``message`` is for people and says what to do; ``retry``
    tells a job whether a retry can help. ``params`` fill the message's placeholders.
    """

    code: ClassVar[str] = "error"
    message: ClassVar[str | Promise] = _("That did not work. Please try again.")
    retry: ClassVar[bool] = False

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


class Unavailable(TwizaError):
    """Something that we need does not answer now; what was begun is tried again (503).

    ``what`` names it in the log, which says so in one sentence; ``reason`` is for the log alone.
    """

    code = "unavailable"
    message = _("This does not work at the moment. Please try again in a few minutes.")
    retry = True
    what: ClassVar[str] = "A service"

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__()
        if reason:
            self.add_note(reason)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.reason!r})"


class NotFound(TwizaError):
    """The object does not exist or is not the caller's; deliberately not distinguished (404)."""

    code = "not_found"
    message = _("This page does not exist, or you do not have access to it.")


class Forbidden(TwizaError):
    """The caller's role does not permit the act (403)."""

    code = "forbidden"
    message = _("Your role does not allow this. Ask a manager in your organisation.")


class Invalid(TwizaError):
    """Invalid input; ``errors`` maps a field's name to a message."""

    code = "invalid"
    message = _("Some fields need correcting.")

    def __init__(self, errors: dict[str, Any] | None = None, **params: Any) -> None:
        self.errors = errors or {}
        super().__init__(**params)
