"""A full disk, a database that is away: the text comes back in the answer."""

import html

import pytest
from django.db import OperationalError, connection

from catalog.models import ListingRevision
from marketplace.saleor.errors import EngineUnavailable
from tests.web.kept.browsing import browser, open_form, picture, post
from tests.web.kept.every_form import posted_forms
from vendors.models import Cooperative, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

STORY = "Nous tissons depuis 1998 </textarea><script>alert(1)</script>"


def test_a_full_disk_gives_the_text_back(
    manager: User, cooperative: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    client = browser(manager)
    form = open_form(client, f"/portal/{cooperative.slug}/listings/new/")
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    answer = post(
        client,
        form,
        name_en="Rug of <Taznakht>",
        then="keep",
        photos=[picture("1.jpg")],
    )
    assert answer.status_code == 507
    again = posted_forms(form.page, answer.content)[-1]
    assert ("name_en", "Rug of <Taznakht>") in again.values()
    assert "Choose these files again" in answer.content.decode()
    assert not ListingRevision.objects.crossing(Crossing.SCHEDULED_JOB).exists()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("the connection is closed"), 503),
        (OSError(5, "Input/output error"), 503),
        (OSError(28, "No space left on device"), 507),
        (EngineUnavailable("ConnectError"), 503),
    ],
)
def test_a_failure_of_the_server_gives_the_text_back(
    manager: User,
    text_page: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
) -> None:
    def fails(**_kwargs: object) -> None:
        raise error

    client = browser(manager)
    form = open_form(client, text_page)
    monkeypatch.setattr("vendors.services.write_texts", fails)
    answer = post(client, form, name="Tifawine", story=STORY)
    assert answer.status_code == status
    assert answer["Retry-After"]
    again = posted_forms(form.page, answer.content)[-1]
    assert again.hidden["story"] == STORY
    assert again.path == form.path
    told = [one for one in caplog.records if one.name == "marketplace.web.kept.unavailable"]
    assert len(told) == 1
    said = "The shop's engine is not responding" in html.unescape(answer.content.decode())
    assert said == isinstance(error, EngineUnavailable)


def test_a_database_that_answers_nothing_at_all_gives_the_text_back(
    manager: User, text_page: str
) -> None:
    client = browser(manager)
    form = open_form(client, text_page)
    client.raise_request_exception = False

    def fails(_execute: object, _sql: str, *_rest: object) -> None:
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(fails):
        answer = post(client, form, name="Tifawine", story=STORY)
    assert answer.status_code == 503
    assert posted_forms(form.page, answer.content)[-1].hidden["story"] == STORY
