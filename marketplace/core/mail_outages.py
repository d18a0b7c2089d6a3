"""What is raised while the mail server does not take mails."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Unavailable
from marketplace.core.full_disks import FULL

# "Service not available, closing transmission channel" (RFC 5321, 4.2.3).
_CLOSING = 421


class MailServerUnavailable(Unavailable):
    """The mail server cannot be reached, or lets nobody in now."""

    code = "mail_server_unavailable"
    message = _("We cannot send e-mails at the moment. Please try again in a few minutes.")
    what = "The mail server"


@contextmanager
def raising_unavailable() -> Iterator[None]:
    """Raise MailServerUnavailable for a server that does not take any mail now.

    What it says of one mail or one address, such as an unknown recipient, stays as it is.
    """
    try:
        yield
    except OSError as error:
        if _is_about_one_mail(error) or error.errno in FULL:
            raise
        raise MailServerUnavailable(f"{type(error).__name__}: {error}") from error


def _is_about_one_mail(error: OSError) -> bool:
    """Whether a server that answers refused this mail alone."""
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code != _CLOSING
    return isinstance(error, smtplib.SMTPException) and not isinstance(
        error, smtplib.SMTPServerDisconnected
    )
