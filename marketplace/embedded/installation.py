"""Installing an App from its manifest, the way Saleor's Dashboard has it done."""

import secrets
import string
from typing import Any

import httpx
from graphql import GraphQLSchema, parse
from graphql.language import ast
from graphql.language.visitor import Visitor, visit

from marketplace.embedded import unit_of_work
from marketplace.embedded.authentication import APP_TOKEN_LENGTH, token_digest
from marketplace.embedded.context import SCHEMA_VERSION
from marketplace.embedded.errors import CommandError, refuse
from marketplace.embedded.execution import InvalidDocument, parse_document
from marketplace.embedded.models import App, AppToken, Shop, Webhook
from marketplace.embedded.permissions import ALL_PERMISSIONS
from marketplace.embedded.webhooks.events import (
    ASYNC_EVENTS,
    SYNC_EVENTS,
    event_names_of,
)
from marketplace.embedded.webhooks.sending import api_url, client

_ALPHABET = string.ascii_letters + string.digits
_URL_FIELDS = {
    "app_url": "appUrl",
    "configuration_url": "configurationUrl",
    "data_privacy_url": "dataPrivacyUrl",
    "homepage_url": "homepageUrl",
    "support_url": "supportUrl",
    "about_app": "about",
    "author": "author",
    "version": "version",
}


def install(
    manifest_url: str,
    *,
    schema: GraphQLSchema,
    name: str = "",
    permissions: list[str] | None = None,
    activate: bool = True,
) -> App:
    """Fetch a manifest, create its App with webhooks, hand over a token.

    `permissions` None grants what the manifest asks for. Raises CommandError
    MANIFEST_URL_CANT_CONNECT, INVALID_MANIFEST_FORMAT, UNIQUE, INVALID_PERMISSION, or INVALID
    when the App does not take its token (then nothing stays installed).
    """
    manifest = fetch_manifest(manifest_url)
    token = new_token()
    with unit_of_work.write():
        app = _create_app(manifest, manifest_url, name, permissions, schema)
        # An App may use its token as soon as it gets it: Saleor activates it before.
        app.is_active = activate
        app.save(update_fields=["is_active"])
        save_token(app, token)
    try:
        _hand_over(manifest.get("tokenTargetUrl"), token)
    except CommandError:
        app.delete()
        raise
    return app


def new_token() -> str:
    """Return a fresh App token."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(APP_TOKEN_LENGTH))


def save_token(app: App, token: str, name: str = "Default token") -> AppToken:
    """Store the digest of an App's token."""
    return AppToken.objects.create(
        app=app, name=name, digest=token_digest(token), last_4=token[-4:]
    )


def fetch_manifest(manifest_url: str) -> dict[str, Any]:
    """GET and check a manifest; raises CommandError as `install` says."""
    try:
        with client() as http:
            headers = {"Saleor-Schema-Version": SCHEMA_VERSION}
            response = http.get(manifest_url, headers=headers)
            response.raise_for_status()
    except httpx.HTTPError as error:
        message = "Unable to fetch manifest data."
        raise refuse("MANIFEST_URL_CANT_CONNECT", message, field="manifestUrl") from error
    try:
        manifest = response.json()
    except ValueError as error:
        message = "Incorrect structure of manifest."
        raise refuse("INVALID_MANIFEST_FORMAT", message, field="manifestUrl") from error
    for required in ("id", "name", "version", "tokenTargetUrl"):
        if not manifest.get(required):
            raise refuse("REQUIRED", "Field required.", field=required)
    unknown = set(manifest.get("permissions") or ()) - ALL_PERMISSIONS
    if unknown:
        message = f"Given permissions don't exist: {', '.join(sorted(unknown))}."
        raise refuse("INVALID_PERMISSION", message, field="permissions")
    checked: dict[str, Any] = manifest
    return checked


def _create_app(
    manifest: dict[str, Any],
    manifest_url: str,
    name: str,
    permissions: list[str] | None,
    schema: GraphQLSchema,
) -> App:
    if App.objects.filter(identifier=manifest["id"]).exists():
        message = f"App with the same identifier is already installed: {manifest['name']}."
        raise refuse("UNIQUE", message, field="identifier")
    granted = manifest.get("permissions") or [] if permissions is None else permissions
    texts = {field: manifest.get(key) or "" for field, key in _URL_FIELDS.items()}
    app = App.objects.create(
        name=name or manifest["name"],
        identifier=manifest["id"],
        manifest_url=manifest_url,
        permissions=sorted(granted),
        is_active=False,
        **texts,
    )
    for entry in manifest.get("webhooks") or []:
        create_webhook(
            app,
            schema=schema,
            name=entry.get("name") or "",
            target_url=entry.get("targetUrl") or "",
            query=entry.get("query") or "",
            events=[*(entry.get("asyncEvents") or []), *(entry.get("syncEvents") or [])],
            is_active=entry.get("isActive", True),
            custom_headers=entry.get("customHeaders") or {},
        )
    return app


def create_webhook(
    app: App,
    *,
    schema: GraphQLSchema,
    name: str,
    target_url: str,
    query: str,
    events: list[str],
    is_active: bool = True,
    custom_headers: dict[str, str] | None = None,
) -> Webhook:
    """Create a webhook; without `events` they are read from the subscription query.

    Raises CommandError INVALID when the query does not fit the schema, or MISSING_EVENT.
    """
    return Webhook.objects.create(
        app=app,
        name=name,
        target_url=target_url,
        subscription_query=query,
        events=checked_events(schema, query, events),
        is_active=is_active,
        custom_headers=custom_headers or {},
    )


def checked_events(schema: GraphQLSchema, query: str, events: list[str]) -> list[str]:
    """Return the events of a webhook, read from its query when none are listed.

    Raises CommandError INVALID for a query that does not fit the schema, for an event unknown to
    this engine, and when there is none at all.
    """
    wanted = [event.upper() for event in events]
    if query:
        try:
            parse_document(schema, query)
        except InvalidDocument as invalid:
            message = f"Subscription query is not valid: {invalid}"
            raise refuse("INVALID", message, field="query") from invalid
        wanted = wanted or events_in(query)
    known = {*ASYNC_EVENTS, *SYNC_EVENTS}
    unknown = [event for event in wanted if event not in known]
    if unknown or not wanted:
        message = f"Events unknown to this engine: {', '.join(unknown)}" if unknown else "No event."
        raise refuse("INVALID", message, field="events")
    return wanted


class _TypeConditions(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_inline_fragment(self, node: ast.InlineFragmentNode, *_: Any) -> None:
        if node.type_condition is not None:
            self.names.append(node.type_condition.name.value)

    def enter_fragment_definition(self, node: ast.FragmentDefinitionNode, *_: Any) -> None:
        self.names.append(node.type_condition.name.value)


def events_in(query: str) -> list[str]:
    """Return the events whose types a subscription query names.

    An interface (CalculateTaxes) tells nothing, as at Saleor: its events have to be listed.
    """
    visitor = _TypeConditions()
    visit(parse(query), visitor)
    found = [event for name in visitor.names for event in event_names_of(name)]
    return list(dict.fromkeys(found))


def _hand_over(target_url: str | None, token: str) -> None:
    if not target_url:
        return
    domain = Shop.current().domain
    headers = {
        "Content-Type": "application/json",
        "Saleor-Domain": domain,
        "X-Saleor-Domain": domain,
        "Saleor-Api-Url": api_url(domain),
        "Saleor-Schema-Version": SCHEMA_VERSION,
    }
    try:
        with client() as http:
            response = http.post(target_url, json={"auth_token": token}, headers=headers)
            response.raise_for_status()
    except httpx.HTTPError as error:
        raise refuse("INVALID", "The App did not accept its token.", field="tokenTargetUrl") from (
            error
        )
