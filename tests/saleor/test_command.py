"""``twiza saleor``: for people in words, for programs as JSON."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marketplace.embedded.bootstrap import bootstrap
from marketplace.embedded.models import App
from marketplace.saleor.models import EngineInstance
from tests.fakes.embedded import install

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("saleor", *words, stdout=out)
    return out.getvalue()


def test_before_the_installation_the_status_says_what_is_missing() -> None:
    told = json.loads(run("status", "--json"))

    assert told["is_installed"] is False
    assert told["problem"] == "Twiza is not installed on the shop's engine yet."
    assert told["manifest_url"].endswith("/saleor/manifest")
    with pytest.raises(CommandError, match="not installed"):
        run("apply")


def test_the_store_is_planned_and_made() -> None:
    install()

    assert "channel ma-mad" in run("plan")
    assert len(json.loads(run("apply", "--json"))["done"]) == 48
    assert json.loads(run("plan", "--json")) == {"to do": []}
    assert json.loads(run("status", "--json"))["differences"] == []


def test_our_app_is_installed_with_an_administrators_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bootstrap(domain="engine.twiza.internal", admin_email="op@example.org", admin_password="x" * 12)
    monkeypatch.setenv("SALEOR_ADMIN_PASSWORD", "wrong")
    with pytest.raises(CommandError, match="The name or the password is wrong"):
        run("install", "--email", "op@example.org")
    monkeypatch.setenv("SALEOR_ADMIN_PASSWORD", "x" * 12)

    assert json.loads(run("install", "--email", "op@example.org", "--json")) == {
        "installed now": True,
        "permissions given": [],
        "new token": False,
    }
    assert json.loads(run("status", "--json"))["is_installed"] is True
    assert "installed now: False" in run("install", "--email", "op@example.org")


def test_the_embedded_engine_is_started_and_installed_without_an_account() -> None:
    assert "installed now: True" in run("install")
    assert json.loads(run("status", "--json"))["is_installed"] is True
    assert len(json.loads(run("apply", "--json"))["done"]) == 48
    again = json.loads(run("install", "--json"))
    assert again == {"installed now": False, "permissions given": [], "new token": False}


def test_a_permission_and_a_lost_token_of_the_embedded_engine_are_given_again() -> None:
    run("install")
    App.objects.update(permissions=["MANAGE_ORDERS"])
    EngineInstance.objects.update(app_token="lost")

    again = json.loads(run("install", "--json"))

    assert "MANAGE_PRODUCTS" in again["permissions given"]
    assert again["new token"] is True
    assert "48" in run("apply")
    run("rotate")
    assert json.loads(run("plan", "--json")) == {"to do": []}


def test_installing_at_a_saleor_wants_an_account(settings: Any) -> None:
    settings.SALEOR_API_URL = "https://saleor.example/graphql/"
    with pytest.raises(CommandError, match="--email"):
        run("install")
