"""Fetching and checking the manifest of an App.

Its fields are Saleor's: https://docs.saleor.io/developer/extending/apps/architecture/app-manifest
"""

from dataclasses import dataclass
from typing import Any

import httpx

from marketplace.embedded.context import SCHEMA_VERSION
from marketplace.embedded.errors import refuse
from marketplace.embedded.permissions import ALL_PERMISSIONS
from marketplace.embedded.webhooks.sending import client


@dataclass(frozen=True, slots=True)
class WebhookEntry:
    """A webhook that a manifest asks for."""

    name: str
    target_url: str
    query: str
    events: list[str]
    is_active: bool
    custom_headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says of an App; `details` are the columns of the App's own row."""

    identifier: str
    name: str
    token_target_url: str
    permissions: list[str]
    details: dict[str, str]
    webhooks: list[WebhookEntry]


def fetch_manifest(manifest_url: str) -> Manifest:
    """Fetch and check a manifest.

    Refuses MANIFEST_URL_CANT_CONNECT, INVALID_MANIFEST_FORMAT, REQUIRED and INVALID_PERMISSION.
    """
    data = _fetch(manifest_url)
    for required in ("id", "name", "version", "tokenTargetUrl"):
        if not data.get(required):
            raise refuse("REQUIRED", "Field required.", field=required)
    return Manifest(
        identifier=data["id"],
        name=data["name"],
        token_target_url=data["tokenTargetUrl"],
        permissions=_known(data.get("permissions") or []),
        details={
            "app_url": data.get("appUrl") or "",
            "configuration_url": data.get("configurationUrl") or "",
            "data_privacy_url": data.get("dataPrivacyUrl") or "",
            "homepage_url": data.get("homepageUrl") or "",
            "support_url": data.get("supportUrl") or "",
            "about_app": data.get("about") or "",
            "author": data.get("author") or "",
            "version": data.get("version") or "",
        },
        webhooks=[_webhook_entry(entry) for entry in data.get("webhooks") or []],
    )


def _known(permissions: list[str]) -> list[str]:
    unknown = set(permissions) - ALL_PERMISSIONS
    if unknown:
        message = f"Given permissions don't exist: {', '.join(sorted(unknown))}."
        raise refuse("INVALID_PERMISSION", message, field="permissions")
    return permissions


def _fetch(manifest_url: str) -> dict[str, Any]:
    try:
        with client() as http:
            headers = {"Saleor-Schema-Version": SCHEMA_VERSION}
            response = http.get(manifest_url, headers=headers)
            response.raise_for_status()
    except httpx.HTTPError as error:
        message = "Unable to fetch manifest data."
        raise refuse("MANIFEST_URL_CANT_CONNECT", message, field="manifestUrl") from error
    try:
        manifest: dict[str, Any] = response.json()
    except ValueError as error:
        message = "Incorrect structure of manifest."
        raise refuse("INVALID_MANIFEST_FORMAT", message, field="manifestUrl") from error
    return manifest


def _webhook_entry(entry: dict[str, Any]) -> WebhookEntry:
    return WebhookEntry(
        name=entry.get("name") or "",
        target_url=entry.get("targetUrl") or "",
        query=entry.get("query") or "",
        events=[*(entry.get("asyncEvents") or []), *(entry.get("syncEvents") or [])],
        is_active=entry.get("isActive", True),
        custom_headers=entry.get("customHeaders") or {},
    )
