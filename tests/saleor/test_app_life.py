"""Our App's life at the engine: upgraded, given permissions, its token replaced or lost."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from marketplace.core.actors import Actor
from marketplace.core.checkup import Finding, Mark
from marketplace.embedded import models
from marketplace.embedded.ids import to_global_id
from marketplace.saleor import app_plan, checks, instances, setup
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client, client_with
from marketplace.saleor.manifest import PERMISSIONS
from tests.fakes.embedded import install

pytestmark = pytest.mark.django_db

BY = Actor.system("test")
ADMINISTRATOR = ("--email", "op@example.org")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> models.App:
    install()
    monkeypatch.setenv("SALEOR_ADMIN_PASSWORD", "x" * 12)
    return models.App.objects.get(identifier="twiza.marketplace")


def run(*words: str) -> dict[str, Any]:
    out = StringIO()
    call_command("saleor", *words, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def about_the_app(planned: list[str]) -> list[str]:
    return [line for line in planned if line.startswith("App: ")]


def told(check: Any) -> list[Finding]:
    return list(check())


def forget_and_change_webhooks(app: models.App) -> None:
    """As a version of ours with other webhooks left them."""
    app.webhooks.filter(name="translations").delete()
    app.webhooks.filter(name="products").update(target_url="http://old.example/hooks/")
    app.webhooks.filter(name="orders").update(is_active=False, events=["ORDER_CREATED"])
    app.webhooks.create(
        name="gift cards", target_url="http://old.example/", events=["PAGE_UPDATED"]
    )


def test_webhooks_of_an_earlier_version_are_planned_and_mended(app: models.App) -> None:
    assert about_the_app(setup.plan()) == []
    forget_and_change_webhooks(app)

    planned = about_the_app(setup.plan())
    report = setup.apply(by=BY)

    assert sorted(planned) == [
        "App: webhook 'gift cards' taken away",
        "App: webhook 'orders' (events, switched off)",
        "App: webhook 'products' (address)",
        "App: webhook 'translations' made",
    ]
    assert about_the_app(report.changes) == planned
    assert about_the_app(setup.plan()) == []
    names = set(app.webhooks.values_list("name", flat=True))
    assert "translations" in names
    assert "gift cards" not in names
    assert len(app.webhooks.get(name="orders").events) == 11


def test_another_apps_webhooks_are_not_touched(app: models.App) -> None:
    other = models.App.objects.create(name="Other", identifier="other", permissions=[])
    hook = other.webhooks.create(name="orders", target_url="http://o.example/", events=[])

    setup.apply(by=BY)

    hook.refresh_from_db()
    assert hook.target_url == "http://o.example/"
    answer = app_client().delete_webhook(to_global_id("Webhook", hook.pk)).webhook_delete
    assert answer is not None
    assert [error.code.value for error in answer.errors] == ["NOT_FOUND"]
    assert models.Webhook.objects.filter(pk=hook.pk).exists()


def test_only_an_administrator_gives_permissions(app: models.App) -> None:
    app.permissions = sorted({*PERMISSIONS} - {"MANAGE_ORDERS_IMPORT"})
    app.save()
    setup_report = setup.apply(by=BY)
    lacking = f"App: permission MANAGE_ORDERS_IMPORT, {app_plan.ADMINISTRATOR}"

    assert setup_report.left == [lacking]
    assert setup.plan() == [lacking]
    assert run("install", *ADMINISTRATOR) == {
        "installed now": False,
        "permissions given": ["MANAGE_ORDERS_IMPORT"],
        "new token": False,
    }
    assert setup.plan() == []
    app.refresh_from_db()
    assert set(app.permissions) == set(PERMISSIONS)


def test_a_rotated_token_is_ours_and_the_old_one_ends(app: models.App) -> None:
    before = instances.current().app_token

    assert run("rotate", *ADMINISTRATOR) == {"new token": True}

    after = instances.current().app_token
    assert after not in {"", before}
    own = app_client().own_app().app
    assert own is not None
    assert own.identifier == "twiza.marketplace"
    with pytest.raises(EngineRefused):
        client_with(before).own_app()
    assert app.tokens.count() == 1


@pytest.mark.parametrize("lost", ["", "a-token-of-another-time"])
def test_a_lost_token_comes_back_by_installing_again(app: models.App, lost: str) -> None:
    instance = instances.current()
    instance.app_token, instance.domain = lost, ""
    instance.save()

    assert run("install", *ADMINISTRATOR)["new token"] is True

    assert instances.current().domain == "engine.twiza.internal"
    assert app_client().own_app().app is not None


def test_a_token_of_the_environment_is_not_replaced(app: models.App) -> None:
    token = instances.current().app_token

    with (
        override_settings(SALEOR_APP_TOKEN=token),
        pytest.raises(CommandError, match="SALEOR_APP_TOKEN"),
    ):
        run("rotate", *ADMINISTRATOR)
    assert app.tokens.count() == 1


def test_rotating_needs_an_administrator_and_an_app(app: models.App) -> None:
    with (
        override_settings(SALEOR_API_URL="https://saleor.example/graphql/"),
        pytest.raises(CommandError, match="--email"),
    ):
        run("rotate")
    app.delete()
    with pytest.raises(CommandError, match="not installed"):
        run("rotate", *ADMINISTRATOR)


def test_the_doctor_sees_webhooks_and_permissions_that_are_not_ours(app: models.App) -> None:
    assert [finding.mark for finding in told(checks.app)] == [Mark.GOOD]
    app.permissions = sorted({*PERMISSIONS} - {"MANAGE_TAXES"})
    app.save()
    app.webhooks.filter(name="orders").update(is_active=False)

    permissions, webhooks = told(checks.app)

    assert permissions.mark == webhooks.mark == Mark.BROKEN
    assert "MANAGE_TAXES" in permissions.message
    assert "install" in permissions.remedy
    assert "'orders' (switched off)" in webhooks.message
    assert "apply" in webhooks.remedy


def test_the_doctor_sees_what_the_engine_could_not_deliver(app: models.App) -> None:
    assert [finding.mark for finding in told(checks.deliveries)] == [Mark.GOOD]
    hook = app.webhooks.get(name="orders")
    hook.deliveries.create(event_type="ORDER_CREATED", payload=b"{}", status="FAILED")
    hook.deliveries.create(event_type="ORDER_CREATED", payload=b"{}", status="SUCCESS")

    (found,) = told(checks.deliveries)

    assert found.mark == Mark.WARNING
    assert "orders: 1" in found.message


def test_the_doctor_names_the_engines_version(app: models.App) -> None:
    (found,) = told(checks.engine_version)

    assert found.mark == Mark.GOOD
    assert "3.23" in found.message
