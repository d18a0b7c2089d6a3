"""Whether a Saleor has room for a demo's world; told by the embedded engine, which speaks alike."""

import os
from pathlib import Path

import pytest
from django.utils import timezone

from marketplace.core.worlds import load_world
from marketplace.demo import on_saleor
from marketplace.demo.engine_choice import EngineChoice
from marketplace.demo.errors import DemoRefused
from marketplace.demo.models import DemoProgress
from marketplace.embedded import bootstrap, models
from marketplace.saleor import instances
from tests.fakes.embedded import open_store

pytestmark = pytest.mark.django_db
CHOICE = EngineChoice("https://shop.example/graphql/", "http://localhost", "http://localhost")
ADMINISTRATOR = ("op@example.org", "x" * 12)


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine without our App, and its administrator in the environment."""
    bootstrap.bootstrap(
        domain="engine.twiza.internal",
        admin_email=ADMINISTRATOR[0],
        admin_password=ADMINISTRATOR[1],
    )
    monkeypatch.setenv(on_saleor.EMAIL, ADMINISTRATOR[0])
    monkeypatch.setenv(on_saleor.PASSWORD, ADMINISTRATOR[1])


def lose_the_token() -> None:
    instance = instances.current()
    instance.app_token = ""
    instance.save()


def test_an_empty_one_is_taken_and_remembered(empty: None, tmp_path: Path) -> None:
    assert on_saleor.claim(CHOICE, tmp_path) == ADMINISTRATOR

    assert load_world(tmp_path) == CHOICE.facts


def test_the_password_is_not_left_to_our_processes(empty: None, tmp_path: Path) -> None:

    on_saleor.claim(CHOICE, tmp_path)

    assert on_saleor.PASSWORD not in os.environ


def test_an_administrator_is_needed(
    empty: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(on_saleor.EMAIL)
    with pytest.raises(DemoRefused, match="SALEOR_ADMIN_EMAIL and SALEOR_ADMIN_PASSWORD"):
        on_saleor.claim(CHOICE, tmp_path)


def test_a_wrong_password_is_said(
    empty: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(on_saleor.PASSWORD, "wrong")
    with pytest.raises(DemoRefused, match="does not let us in"):
        on_saleor.claim(CHOICE, tmp_path)


def test_one_of_another_world_is_refused(empty: None, tmp_path: Path) -> None:
    open_store()
    lose_the_token()

    with pytest.raises(DemoRefused, match="has the App Twiza already"):
        on_saleor.claim(CHOICE, tmp_path)

    assert load_world(tmp_path) == {}


def test_one_with_an_earlier_demos_cooperatives_is_refused(empty: None, tmp_path: Path) -> None:
    kind = models.PageType.objects.create(name="Cooperative", slug="cooperative")
    models.Page.objects.create(page_type=kind, title="T", slug="timzit-n-tidzi")

    with pytest.raises(DemoRefused, match="cooperatives of an earlier demo"):
        on_saleor.claim(CHOICE, tmp_path)


def test_a_start_that_was_killed_goes_on_in_its_own_folder(
    empty: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_saleor.claim(CHOICE, tmp_path)
    open_store()

    assert on_saleor.claim(CHOICE, tmp_path) is None
    # (killed before the token came)
    lose_the_token()

    monkeypatch.setenv(on_saleor.PASSWORD, ADMINISTRATOR[1])
    assert on_saleor.claim(CHOICE, tmp_path) == ADMINISTRATOR


def test_an_embedded_world_does_not_move_by_itself(empty: None, tmp_path: Path) -> None:
    DemoProgress.objects.create(stage="engine", position=0, total=1, begun_at=timezone.now())

    with pytest.raises(DemoRefused, match="lives at the embedded engine"):
        on_saleor.claim(CHOICE, tmp_path)
