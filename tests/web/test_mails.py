"""Every mail says whose it is and stands in its reader's language, the framework's own too."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from marketplace.core.mail import send_mail
from tests.factories.vendors import make_user

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ar", "fr", "en")
FRAMEWORKS = Path(allauth.__file__).parent / "templates"
# Each mail of the framework by the prefix of its templates; those that we do not send are left out.
ACCOUNT_MAILS = sorted(
    str(path.relative_to(FRAMEWORKS)).removesuffix("_subject.txt")
    for path in FRAMEWORKS.glob("*/email/*_subject.txt")
    if path.parts[-3] in {"account", "mfa"}
)
OUR_TEMPLATES = sorted(
    str(path).partition("/templates/")[2]
    for path in (ROOT / "marketplace").glob("*/templates/*/mail/*.*")
    if "base" not in path.name
)
ENGLISH = re.compile(r"\b(the|your?|was|has|have|this|order|please|for|account)\b", re.IGNORECASE)
NO_WORDS = re.compile(r"https?://\S+|\S+@\S+|<[^>]*>|shop\.example|Twiza|TWZ|Amina|IP|V1|Firefox")
DJANGOS = re.compile(
    r"django\.core\.mail import.*(send_mail|EmailMulti)|(EmailMessage|EmailMultiAlternatives)\(\n"
)
# What the framework calls a passkey.
ANOTHER_NAME = re.compile("security key|clé de sécurité|مفتاح أمان", re.IGNORECASE)
# Readers are addressed in the plural; another word for a code than the page's confuses.
TOO_FAMILIAR = re.compile(
    r"الخاص بك\b|بريدك\b|\bكنت أنت|الكود|\bكود |[cs]'était|email peut", re.IGNORECASE
)
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


class Anything(str):
    """Stands for every value of a template: a text, three things in a row, each a triple."""

    __slots__ = ()

    def __new__(cls) -> Self:
        return super().__new__(cls, "V12")

    def __getattr__(self, name: str) -> "Anything":
        if name.startswith("_") or name in {"resolve_expression", "as_widget"}:
            raise AttributeError(name)
        return Anything()

    def __iter__(self) -> Any:
        return iter((Anything(), Anything(), Anything()))


def words_of_another_language(text: str, language: str) -> list[str]:
    bare = NO_WORDS.sub(" ", text)
    if language == "ar":
        return LATIN_WORD.findall(bare)
    return ENGLISH.findall(bare) if language == "fr" else []


@pytest.fixture
def _request(db: None, settings: Any) -> Any:
    """A request that named another host than the public one."""
    settings.PUBLIC_URL = "https://shop.example"
    request = RequestFactory().get("/accounts/login/", HTTP_USER_AGENT="Firefox")
    request.user = AnonymousUser()
    with allauth_context.request_context(request):
        yield request


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("_request")
def test_the_mails_of_accounts(language: str) -> None:
    user = make_user("Amina")
    user.language = language
    user.last_login = timezone.now()
    user.save()
    given = {
        "user": user, "email": user.email, "code": "123456", "uid": "1", "key": "k",
        "activate_url": "http://testserver/accounts/confirm-email/k/",
        "password_reset_url": "http://testserver/accounts/password/reset/key/1-k/",
        "signup_url": "http://testserver/accounts/signup/",
        "ip": "192.0.2.1", "user_agent": "Firefox", "timestamp": datetime(2026, 11, 30, tzinfo=UTC),
        "from_email": "old@example.org", "to_email": "new@example.org",
        "deleted_email": "old@example.org", "provider": "", "username": "",
    }  # fmt: skip
    for prefix in ACCOUNT_MAILS:
        with translation.override("en"):  # the page's language is not the reader's
            get_adapter().send_mail(prefix, user.email, given)
        sent = mail.outbox[-1]
        text = f"{sent.subject}\n{sent.body}"
        assert sent.subject.count("Twiza") == 1 or language == "ar", prefix
        assert sent.extra_headers["Content-Language"] == language
        assert not re.search(r"testserver|localhost|example\.com|\[", text), text
        assert not ANOTHER_NAME.search(text)
        assert not TOO_FAMILIAR.search(text), (prefix, text)
        assert "\n" not in sent.subject
        if "http" in text:
            assert "https://shop.example/accounts/" in text
        assert words_of_another_language(text.replace("Date", ""), language) == [], (prefix, text)
    assert len(mail.outbox) == len(ACCOUNT_MAILS) > 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mails_of_orders_and_payments(language: str) -> None:
    for template in OUR_TEMPLATES:
        values = dict.fromkeys(
            ["order", "name", "part", "parcel", "account", "amount", "reference", "until", "total",
             "titles", "cooperatives", "order_id", "vendor_order", "goods", "ship_by", "link",
             "parcels", "money", "collected", "subject"],
            Anything(),
        )  # fmt: skip
        with translation.override(language):
            text = render_to_string(template, {**values, "language": language, "direction": "rtl"})
        assert "V1" in text, template
        assert words_of_another_language(text, language) == [], (template, text)
    assert len(OUR_TEMPLATES) > 5


@pytest.mark.parametrize(("language", "name"), [("ar", "تويزة"), ("fr", "Twiza"), ("en", "Twiza")])
def test_a_subject_ends_with_the_shops_name(language: str, name: str) -> None:
    send_mail(to="a@example.org", language=language, subject="Order\n5", text="Words")

    sent = mail.outbox[-1]
    assert sent.subject == f"Order 5 | {name}"
    assert sent.extra_headers["Content-Language"] == language


def test_no_mail_goes_another_way() -> None:
    """All that is sent passes the one place that gives it its name and language."""
    found = [
        str(path.relative_to(ROOT))
        for room in ("marketplace", "vendors", "catalog", "search")
        for path in (ROOT / room).rglob("*.py")
        if DJANGOS.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["marketplace/core/mail.py"]
