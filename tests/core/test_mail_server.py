"""The mail server's address."""

import pytest

from marketplace.core.mail_server import mail_server


def test_an_address_says_host_port_account_and_encryption() -> None:
    found = mail_server("smtp+tls://shop%40coop:p%3Aw@mail.example.org")
    assert found["EMAIL_HOST"] == "mail.example.org"
    assert found["EMAIL_PORT"] == 587
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("shop@coop", "p:w")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
    assert mail_server("smtps://h:1465")["EMAIL_PORT"] == 1465
    assert mail_server("")["EMAIL_HOST"] == "localhost"


@pytest.mark.parametrize("wrong", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_another_address_is_refused_with_what_it_should_be(wrong: str) -> None:
    with pytest.raises(ValueError, match="TWIZA_EMAIL_URL must be"):
        mail_server(wrong)
