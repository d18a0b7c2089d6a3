"""Every form comes back with what was typed: after signing in again, and after a stale token."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from tests.rules.access_walk import signed_in, world
from tests.rules.access_world import AccessWorld
from tests.turns import todays
from tests.web.kept.every_form import Form, forms_to_fill, missing, sent
from tests.web.second_factor import with_code
from vendors.models import User

# Both need every form of every page, which are found once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("kept-forms")]

__all__ = ["world"]


@pytest.fixture(scope="module")
def forms(world: AccessWorld, django_db_blocker: pytest.FixtureRequest) -> list[tuple[User, Form]]:
    """Each form with a person who may send it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        every = list(forms_to_fill(world))
    assert len(every) > 30
    return todays(every, 3)


def test_after_an_expired_session_every_form_comes_back(
    forms: list[tuple[User, Form]],
) -> None:
    faults = []
    for person, form in forms:
        client = signed_in(person)
        typed = form.typed()
        del client.cookies[settings.SESSION_COOKIE_NAME]
        answer = client.post(form.action, sent(form, typed))
        assert answer.status_code == 302, form.path
        signing_in = answer["Location"]
        assert signing_in == f"/accounts/login/?{urlencode({'next': form.page}, safe='/')}"
        with_code(signed_in_again(client, person), person)
        page = client.get(form.page)
        faults += missing(form, typed, page.content)
        assert b"data-kept" in page.content, form.path
    assert faults == []


def test_after_a_stale_token_every_form_comes_back(forms: list[tuple[User, Form]]) -> None:
    faults = []
    for person, form in forms:
        client = with_code(signed_in(person), person)
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        typed = form.typed()
        answer = strict.post(form.action, sent(form, typed) | {"csrfmiddlewaretoken": ["a" * 64]})
        assert answer.status_code == 403, form.path
        assert f'href="{form.page}"' in answer.content.decode(), form.path
        faults += missing(form, typed, client.get(form.page).content)
    assert faults == []


def signed_in_again(client: Client, person: User) -> Client:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
