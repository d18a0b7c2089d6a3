"""Installation of our App in the engine, with an administrator's account.

Also what only an administrator may do later: grant the App permissions that a newer version of it
needs, and replace a lost or leaked token.
"""

import time
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import app_plan, instances, registration
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import AppInstallInput, SaleorClient
from marketplace.saleor.client.enums import PermissionEnum
from marketplace.saleor.errors import BadSignature, NotInstalled, TokenFromEnvironment
from marketplace.saleor.gateway import client_with, storefront_client
from marketplace.saleor.manifest import PERMISSIONS, manifest_url

PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.5
_TOKEN_NAME = "Twiza"  # noqa: S105 -- what a token is called


@dataclass(frozen=True)
class Installed:
    """What an installation did: installed the App, granted permissions, or replaced its token."""

    is_new: bool = False
    granted: list[str] = field(default_factory=list)
    has_new_token: bool = False


def install(*, email: str, password: str, by: Actor) -> Installed:
    """Have the engine install our App, or bring an installed one up to our manifest.

    The embedded engine is started first, and asks for no address and no password.

    An App that is there already gets the permissions that it lacks, and a new token when the
    engine does not know ours. For a first installation the engine fetches the manifest at our
    public address and brings the token there, so this deployment's web process has to be running.
    Raises EngineRefused (a wrong password, an administrator who may not), EngineUnavailable, or
    NotInstalled when no token arrives within a minute.
    """
    admin = admin_client(email, password)
    app_id = _installed_id(admin)
    if app_id is not None:
        granted = _grant_missing(admin, app_id)
        replaced = not holds_token()
        if replaced:
            _renew_token(admin, app_id, by)
        if granted or replaced:
            audit.record("saleor.upgraded", instances.current(), by=by, granted=granted)
        return Installed(granted=granted, has_new_token=replaced)
    _install_anew(admin)
    audit.record("saleor.installed", instances.current(), by=by)
    return Installed(is_new=True)


def rotate(*, email: str, password: str, by: Actor) -> None:
    """Replace our App's token: a new one is made, proved and kept, then all others end.

    Killed half way, the old token still counts; rotate again. Raises NotInstalled when the engine
    has no App of ours, TokenFromEnvironment when the token is set there, and otherwise as
    ``install``.
    """
    admin = admin_client(email, password)
    app_id = _installed_id(admin)
    if app_id is None:
        raise NotInstalled
    _renew_token(admin, app_id, by)
    audit.record("saleor.token_rotated", instances.current(), by=by)


def admin_client(email: str, password: str) -> SaleorClient:
    """An administrator's client, valid for minutes; raises EngineRefused, EngineUnavailable."""
    if not settings.SALEOR_API_URL and not email:
        return client_with(import_string(str(settings.EMBEDDED_ENGINE["START"]))())
    answer = accepted(storefront_client().create_token(email, password).token_create)
    return client_with(answer.token or "")


def has_our_app(admin: SaleorClient) -> bool:
    """Whether the engine has our App, whoever installed it."""
    return _installed_id(admin) is not None


def _installed_id(admin: SaleorClient) -> str | None:
    apps = admin.installed_apps().apps
    known = {edge.node.identifier: edge.node.id for edge in apps.edges} if apps else {}
    return known.get(settings.SALEOR_APP_IDENTIFIER)


def _grant_missing(admin: SaleorClient, app_id: str) -> list[str]:
    app = admin.app_tokens(app_id).app
    missing = app_plan.missing_permissions(app) if app else []
    if app and missing:
        granted = [permission.code for permission in app.permissions or []]
        wanted = [*granted, *(PermissionEnum(code) for code in missing)]
        accepted(admin.grant_app_permissions(app_id, wanted).app_update)
    return missing


def holds_token() -> bool:
    """Whether our token is our App's; one from the environment is trusted."""
    token = instances.current().app_token
    if settings.SALEOR_APP_TOKEN or not token:
        return bool(settings.SALEOR_APP_TOKEN)
    try:
        registration.who_we_are(token)
    except BadSignature:
        return False
    return True


def _renew_token(admin: SaleorClient, app_id: str, by: Actor) -> None:
    if settings.SALEOR_APP_TOKEN:
        raise TokenFromEnvironment
    app = admin.app_tokens(app_id).app
    earlier = [token.id for token in (app.tokens if app else None) or []]
    made = accepted(admin.create_app_token(app_id, _TOKEN_NAME).app_token_create)
    registration.keep(token=made.auth_token or "", by=by)
    for token_id in earlier:
        accepted(admin.delete_app_token(token_id).app_token_delete)


def _install_anew(admin: SaleorClient) -> None:
    instance = instances.current()
    instance.app_token = ""
    instance.save(update_fields=["app_token"])
    wanted = AppInstallInput(
        app_name="Twiza",
        manifest_url=manifest_url(),
        permissions=[PermissionEnum(name) for name in PERMISSIONS],
        activate_after_installation=True,
    )
    accepted(admin.install_app(wanted).app_install)
    _wait_for_the_token()


def _wait_for_the_token() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not instances.current().app_token:
        if time.monotonic() > deadline:
            raise NotInstalled
        time.sleep(_PAUSE_SECONDS)
