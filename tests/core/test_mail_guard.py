"""No mail goes to the addresses that the engine gets for buyers who have none."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from marketplace.core import mail_guard
from marketplace.core.mail import send_mail
from marketplace.core.mail_guard import is_unread, read_address, unread_address


@pytest.fixture
def guarded(settings: Any) -> None:
    settings.EMAIL_BACKEND = mail_guard.GUARD
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


PHONE = "+212661223344"


def test_a_buyer_without_address_has_one_that_says_nothing_and_that_engines_take() -> None:
    first, second = unread_address(PHONE), unread_address("+212661223345")

    assert first == unread_address(PHONE) != second
    assert "661223344" not in first
    validate_email(first)
    with pytest.raises(ValidationError):
        validate_email("order@no-mail")
    assert is_unread(first)
    assert (read_address(first), read_address("a@example.org")) == ("", "a@example.org")


@pytest.mark.usefixtures("guarded")
def test_nothing_is_mailed_there_whoever_sends_it() -> None:
    unread = unread_address(PHONE)
    send_mail(to=unread, language="fr", subject="s", text="t")
    EmailMessage("s", "t", to=[f"Somebody <{unread}>"], bcc=["a@anything.invalid"]).send()
    assert mail.outbox == []

    EmailMessage("s", "t", to=[unread, "a@example.org"], cc=[unread]).send()
    assert [sent.recipients() for sent in mail.outbox] == [["a@example.org"]]


@pytest.mark.usefixtures("guarded")
def test_a_domain_of_the_operators_own_is_kept_from_mail_too(settings: Any) -> None:
    settings.NO_MAIL_DOMAIN = "nobody.example.org"
    send_mail(to=unread_address(PHONE), language="fr", subject="s", text="t")
    assert mail.outbox == []
    assert not is_unread("a@example.org")
