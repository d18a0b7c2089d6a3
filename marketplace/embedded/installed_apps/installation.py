"""Installing an App from its manifest, as Saleor's Dashboard does."""

import httpx
from graphql import GraphQLSchema

from marketplace.embedded import unit_of_work
from marketplace.embedded.context import SCHEMA_VERSION
from marketplace.embedded.errors import CommandError, refuse
from marketplace.embedded.installed_apps.manifests import Manifest, fetch_manifest
from marketplace.embedded.installed_apps.tokens import new_token, save_token
from marketplace.embedded.models import App, AppInstallation, Shop
from marketplace.embedded.webhooks.registration import create_webhook
from marketplace.embedded.webhooks.sending import api_url, client


def install_app(
    manifest_url: str,
    *,
    schema: GraphQLSchema,
    name: str = "",
    permissions: list[str] | None = None,
    activate: bool = True,
) -> App:
    """Fetch a manifest, create its App with webhooks, and send it a token.

    `schema` validates the webhooks' queries; `permissions` None grants what the manifest asks
    for. Refuses what `fetch_manifest` and `create_webhook` refuse, UNIQUE, and INVALID when the
    App does not accept its token (then nothing stays installed).
    """
    manifest = fetch_manifest(manifest_url)
    token = new_token()
    with unit_of_work.write():
        app = _create_app(manifest, manifest_url, name, permissions)
        _create_webhooks(app, manifest, schema)
        # Saleor activates the App before it sends the token, which may be used at once.
        app.is_active = activate
        app.save(update_fields=["is_active"])
        save_token(app, token)
    try:
        _send_token(manifest.token_target_url, token)
    except CommandError:
        app.delete()
        raise
    return app


def install_as_requested(
    manifest_url: str,
    *,
    schema: GraphQLSchema,
    name: str,
    permissions: list[str],
    activate: bool,
) -> AppInstallation:
    """Install an App and return the installation, which also records why it failed."""
    row = AppInstallation.objects.create(app_name=name, manifest_url=manifest_url)
    try:
        install_app(
            manifest_url, schema=schema, name=name, permissions=permissions, activate=activate
        )
        row.status = "SUCCESS"
    except CommandError as error:
        row.status, row.message = "FAILED", str(error)[:255]
    row.save()
    return row


def _create_app(
    manifest: Manifest, manifest_url: str, name: str, permissions: list[str] | None
) -> App:
    if App.objects.filter(identifier=manifest.identifier).exists():
        message = f"App with the same identifier is already installed: {manifest.name}."
        raise refuse("UNIQUE", message, field="identifier")
    return App.objects.create(
        name=name or manifest.name,
        identifier=manifest.identifier,
        manifest_url=manifest_url,
        permissions=sorted(manifest.permissions if permissions is None else permissions),
        is_active=False,
        **manifest.details,
    )


def _create_webhooks(app: App, manifest: Manifest, schema: GraphQLSchema) -> None:
    for entry in manifest.webhooks:
        create_webhook(
            app,
            schema=schema,
            name=entry.name,
            target_url=entry.target_url,
            query=entry.query,
            events=entry.events,
            is_active=entry.is_active,
            custom_headers=entry.custom_headers,
        )


def _send_token(target_url: str, token: str) -> None:
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
        message = "The App did not accept its token."
        raise refuse("INVALID", message, field="tokenTargetUrl") from error
