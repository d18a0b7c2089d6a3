"""Our App as installed in the engine, compared with its manifest.

The engine reads a manifest once, at installation. Webhooks can be changed by the App itself;
permissions only by an administrator.
"""

from collections.abc import Iterator
from typing import Any

from marketplace.saleor.changes import Change, ok
from marketplace.saleor.client import SaleorClient, WebhookCreateInput, WebhookUpdateInput
from marketplace.saleor.client.enums import WebhookEventTypeAsyncEnum, WebhookEventTypeSyncEnum
from marketplace.saleor.manifest import PERMISSIONS, manifest

ADMINISTRATOR = "by an administrator, with: twiza saleor install"


def changes(client: SaleorClient) -> Iterator[Change]:
    """Differences between the installed App and this deployment's manifest."""
    app = client.app_as_installed().app
    if app is None:
        return
    for code in missing_permissions(app):
        yield Change(f"App: permission {code}, {ADMINISTRATOR}")
    yield from _webhooks(client, list(app.webhooks or []))


def missing_permissions(app: Any) -> list[str]:
    """Permissions of the manifest that the App does not have."""
    granted = {str(permission.code.value) for permission in app.permissions or []}
    return [code for code in PERMISSIONS if code not in granted]


def _webhooks(client: SaleorClient, installed: list[Any]) -> Iterator[Change]:
    """Webhooks by name; the second of two with one name is superfluous."""
    wanted = {entry["name"]: entry for entry in manifest()["webhooks"]}
    seen: set[str] = set()
    for found in installed:
        if found.name in seen or found.name not in wanted:
            yield Change(
                f"App: webhook {found.name!r} taken away",
                lambda key=found.id: ok(client.delete_webhook(key).webhook_delete),  # type: ignore[misc]
            )
            continue
        seen.add(found.name)
        entry = wanted[found.name]
        if differing := _differences(found, entry):
            yield Change(
                f"App: webhook {found.name!r} ({', '.join(differing)})",
                lambda key=found.id, entry=entry: _update(client, key, entry),  # type: ignore[misc]
            )
    for name, entry in wanted.items():
        if name not in seen:
            yield Change(
                f"App: webhook {name!r} made",
                lambda entry=entry: _create(client, entry),  # type: ignore[misc]
            )


def _differences(found: Any, entry: dict[str, Any]) -> list[str]:
    events = {event.event_type.value for event in (*found.async_events, *found.sync_events)}
    alike = {
        "address": found.target_url == entry["targetUrl"],
        "events": events == {*entry.get("asyncEvents", ()), *entry.get("syncEvents", ())},
        "content": (found.subscription_query or "").strip() == entry["query"].strip(),
        "switched off": found.is_active,
    }
    return [what for what, is_alike in alike.items() if not is_alike]


def _update(client: SaleorClient, webhook_id: str, entry: dict[str, Any]) -> None:
    ok(client.update_webhook(webhook_id, WebhookUpdateInput(**_content(entry))).webhook_update)


def _create(client: SaleorClient, entry: dict[str, Any]) -> None:
    wanted = WebhookCreateInput(name=entry["name"], **_content(entry))
    ok(client.create_webhook(wanted).webhook_create)


def _content(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "target_url": entry["targetUrl"],
        "async_events": [WebhookEventTypeAsyncEnum(e) for e in entry.get("asyncEvents", ())],
        "sync_events": [WebhookEventTypeSyncEnum(e) for e in entry.get("syncEvents", ())],
        "query": entry["query"],
        "is_active": True,
    }
