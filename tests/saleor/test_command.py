"""``twiza saleor``: for people in words, for programs as JSON."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.fakes.embedded import install

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("saleor", *words, stdout=out)
    return out.getvalue()


def test_before_the_installation_the_status_says_what_is_missing() -> None:
    told = json.loads(run("status", "--json"))

    assert told["is_installed"] is False
    assert told["problem"] == "Twiza is not installed at the shop's engine yet."
    assert told["manifest_url"].endswith("/saleor/manifest")
    with pytest.raises(CommandError, match="not installed"):
        run("apply")


def test_the_store_is_planned_and_made() -> None:
    install()

    assert "channel ma-mad" in run("plan")
    assert len(json.loads(run("apply", "--json"))["done"]) == 46
    assert json.loads(run("plan", "--json")) == {"to do": []}
    assert json.loads(run("status", "--json"))["differences"] == []
