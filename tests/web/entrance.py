"""What a person does at the entrance, as forms; codes are read from the mail and from the phone."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from vendors.models import User

PASSWORD = "the right password"
LOGIN, SIGNUP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"
CODE_OF_MAIL = re.compile(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", re.MULTILINE)
LINK = re.compile(r"https?://\S+(/accounts/\S+)")


def fresh(language: str = "fr") -> Client:
    client = Client()
    client.cookies["twiza_language"] = language
    return client


def sign_up(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    given = {"email": email, "password1": password, "password2": password}
    answer: HttpResponse = client.post(SIGNUP, given)  # type: ignore[assignment]
    return answer


def sign_in(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    given = {"login": email, "password": password}
    answer: HttpResponse = client.post(LOGIN, given)  # type: ignore[assignment]
    return answer


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/sessions/").status_code == 200


def mailed_code(to: str) -> str:
    """The code of the last message to an address."""
    found = CODE_OF_MAIL.search(last_mail(to))
    assert found is not None, last_mail(to)
    return found[1]


def last_mail(to: str) -> str:
    return str([sent for sent in mail.outbox if to in sent.to][-1].body)


def mailed_link(to: str) -> str:
    found = LINK.search(last_mail(to))
    assert found is not None
    return found[1]


def set_new_password(email: str, password: str) -> Client:
    """Open the link of the last mail, and choose a password."""
    client = fresh()
    page = client.get(mailed_link(email), follow=True)
    where = page.redirect_chain[-1][0]
    answer = client.post(where, {"password1": password, "password2": password})
    assert answer.status_code == 302
    return client


def phone_code(user: User, *, steps: int = 0) -> str:
    """What the person's app shows, some half minutes from now."""
    factor = Authenticator.objects.get(user=user, type="totp")
    counter = int(time.time()) // 30 + steps
    return auth.format_hotp_value(auth.hotp_value(decrypt(factor.data["secret"]), counter))


def code_of_secret(secret: str) -> str:
    """What an app shows now for the key on the set-up page."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def set_up_phone(client: Client) -> dict[str, str]:
    """Set the app up from its page, as somebody with one phone: key, link and picture are there.

    allauth tells of the new factor after the commit: for tests with real transactions.
    """
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r">([A-Z2-7]{32})</textarea>", page)
    assert found is not None, page
    secret = found[1]
    link = re.search(r'href="(otpauth://totp/[^"]+)"', page)
    assert link is not None
    assert secret in link[1]
    assert "data:image/svg+xml;base64," in page
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of_secret(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    codes = re.findall(
        r"<code>(\d{8})</code>", client.get("/accounts/2fa/recovery-codes/").content.decode()
    )
    return {"secret": secret, "recovery": codes[0]}


def sign_in_with_code(client: Client, user: User, *, steps: int = 0) -> None:
    """Password, then the code of the phone."""
    answer = sign_in(client, user.email)
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    client.post("/accounts/2fa/authenticate/", {"code": phone_code(user, steps=steps)})
