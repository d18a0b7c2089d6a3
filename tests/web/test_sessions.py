"""Sessions end after a dated time without use, and by their owner's hand."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.factories import vendors as make
from tests.web.entrance import PASSWORD, fresh, is_signed_in, phone_code, sign_in
from vendors.models import User
from vendors.safeguards import safeguard

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def person(kind: str) -> User:
    programme = make.make_programme()
    if kind == "staff":
        return make.make_staff(programme)
    return make.make_member(make.make_cooperative(programme)) if kind == "member" else buyer()


def buyer() -> User:
    return make.make_user()


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def browser(user: User) -> Client:
    client = fresh()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("kind", ["staff", "member", "buyer"])
def test_a_session_ends_after_the_dated_time_without_use(kind: str) -> None:
    client, limit = browser(person(kind)), safeguard(f"session_idle_{kind}")
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert is_signed_in(client)
    with time_machine.travel(now + limit * 0.9, tick=False):
        assert is_signed_in(client)
    with time_machine.travel(now + limit * 1.8, tick=False):
        assert is_signed_in(client)
    with time_machine.travel(now + limit * 2.9, tick=False):
        assert not is_signed_in(client)
        assert not is_signed_in(client)


def test_a_page_that_is_opened_again_costs_no_query_for_it() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser(buyer())
    client.get("/accounts/home/?choose=1")
    with CaptureQueriesContext(connection) as queries:
        client.get("/accounts/home/?choose=1")
    assert not [q for q in queries if "usersessions" in q["sql"]]


def test_a_person_sees_each_session_and_ends_it() -> None:
    user = with_password(make.make_user())
    first, second, third = fresh(), fresh(), fresh()
    sign_in(first, user.email)
    second.post(
        "/accounts/login/",
        {"login": user.email, "password": PASSWORD},
        headers={"User-Agent": PHONE},
        REMOTE_ADDR="203.0.113.7",
    )
    sign_in(third, user.email)
    page = first.get("/accounts/sessions/").content.decode()
    assert "Chrome · Android" in page
    assert "203.0.113.7" in page
    phone = UserSession.objects.get(ip="203.0.113.7")

    first.post(f"/accounts/sessions/{phone.pk}/end/")
    assert [is_signed_in(c) for c in (first, second, third)] == [True, False, True]
    first.post("/accounts/sessions/end-others/")
    assert [is_signed_in(c) for c in (first, third)] == [True, False]


def test_nobody_ends_anothers_session() -> None:
    owner, stranger = browser(buyer()), browser(buyer())
    assert is_signed_in(owner)
    for session in UserSession.objects.all():
        stranger.post(f"/accounts/sessions/{session.pk}/end/")
    stranger.post("/accounts/sessions/end-others/")
    assert is_signed_in(owner)


def test_a_changed_password_ends_the_other_sessions_and_is_told() -> None:
    user = with_password(make.make_user())
    here, other = fresh(), fresh()
    sign_in(here, user.email)
    sign_in(other, user.email)

    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another password", "password2": "another password"},
    )

    assert [is_signed_in(here), is_signed_in(other)] == [True, False]
    assert [user.email] in [sent.to for sent in mail.outbox]


def test_a_password_chosen_by_mail_ends_every_session() -> None:
    from tests.web.entrance import RESET, set_new_password

    user = with_password(make.make_user())
    other = fresh()
    sign_in(other, user.email)
    fresh().post(RESET, {"email": user.email})
    set_new_password(user.email, "another password")
    assert not is_signed_in(other)


def test_removing_the_app_ends_the_other_sessions_and_takes_a_code() -> None:
    user = with_password(make.make_staff(make.make_programme()))
    here, other = browser(user), browser(user)
    assert is_signed_in(other)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        asked = here.post("/accounts/2fa/totp/deactivate/")
        assert asked.headers["Location"].startswith("/accounts/2fa/reauthenticate/")
        here.post(
            "/accounts/2fa/reauthenticate/?next=/accounts/2fa/totp/deactivate/",
            {"code": phone_code(user)},
        )
        here.post("/accounts/2fa/totp/deactivate/")
        assert not user.authenticator_set.filter(type="totp").exists()  # type: ignore[attr-defined]
        assert [is_signed_in(here), is_signed_in(other)] == [True, False]
    assert [user.email] in [sent.to for sent in mail.outbox]
