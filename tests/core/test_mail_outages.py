"""While the mail server is away people are told so, and what one address is refused is not that."""

import errno
import smtplib
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from marketplace.core.mail import send_mail
from marketplace.core.mail_outages import MailServerUnavailable, raising_unavailable
from tests.factories.vendors import make_user

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def no_server(settings: Any) -> Iterator[None]:
    """A port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = held.getsockname()[1], 2
        yield


@pytest.mark.parametrize(
    ("error", "is_unavailable"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), True),
        (TimeoutError("timed out"), True),
        (socket.gaierror(-2, "Name or service not known"), True),
        (smtplib.SMTPServerDisconnected("closed"), True),
        (smtplib.SMTPConnectError(554, b"no"), True),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), True),
        (smtplib.SMTPDataError(421, b"closing"), True),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"unknown")}), False),
        (smtplib.SMTPDataError(552, b"too large"), False),
        (OSError(errno.ENOSPC, "No space left on device"), False),
    ],
)
def test_an_unavailable_server_and_a_mail_that_is_refused(
    error: OSError, is_unavailable: bool
) -> None:
    expected = MailServerUnavailable if is_unavailable else type(error)
    with pytest.raises(expected), raising_unavailable():
        raise error


@pytest.mark.usefixtures("no_server")
def test_a_mail_that_cannot_be_sent_says_why_to_the_log_alone() -> None:
    with pytest.raises(MailServerUnavailable) as raised:
        send_mail(to="somebody@example.org", language="fr", subject="S", text="T")
    assert "ConnectionRefusedError" in raised.value.reason
    assert "Connection" not in str(raised.value)


@pytest.mark.django_db
@pytest.mark.usefixtures("no_server")
def test_who_asks_for_a_new_password_is_told_to_come_again() -> None:
    user = make_user()
    client = Client(raise_request_exception=False)
    client.cookies["twiza_language"] = "en"
    answer = client.post("/accounts/password/reset/", {"email": user.email})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    page = answer.content.decode()
    assert "We cannot send e-mails at the moment." in page
    assert "very busy" not in page
