"""``twiza saleor``: for people in words, for programs as JSON."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marketplace.embedded.bootstrap import bootstrap
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


def test_installing_wants_an_account() -> None:
    with pytest.raises(CommandError, match="--email"):
        run("install")
