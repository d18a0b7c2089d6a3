"""Installing our App at the engine, as its Dashboard would, with an administrator's account."""

import time

from django.conf import settings

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import instances
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import AppInstallInput, SaleorClient
from marketplace.saleor.client.enums import PermissionEnum
from marketplace.saleor.errors import NotInstalled
from marketplace.saleor.gateway import client_with, storefront_client
from marketplace.saleor.manifest import PERMISSIONS, manifest_url

PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.5


def install(*, email: str, password: str, by: Actor) -> bool:
    """Have the engine install our App; False when it has it already and we have its token.

    The engine fetches the manifest at our public address and brings the token there, so this
    deployment's web process has to be running. Raises EngineRefused (a wrong password, or an App
    of our name whose token we lost: delete it in the Dashboard), EngineUnavailable, or
    NotInstalled when no token arrives within a minute.
    """
    admin = client_with(_admin_token(email, password))
    if _is_installed(admin) and instances.current().app_token:
        return False
    wanted = AppInstallInput(
        app_name="Twiza",
        manifest_url=manifest_url(),
        permissions=[PermissionEnum(name) for name in PERMISSIONS],
        activate_after_installation=True,
    )
    accepted(admin.install_app(wanted).app_install)
    _wait_for_the_token()
    audit.record("saleor.installed", instances.current(), by=by)
    return True


def _admin_token(email: str, password: str) -> str:
    answer = accepted(storefront_client().create_token(email, password).token_create)
    return answer.token or ""


def _is_installed(admin: SaleorClient) -> bool:
    apps = admin.installed_apps().apps
    known = {edge.node.identifier for edge in apps.edges} if apps else set()
    return settings.SALEOR_APP_IDENTIFIER in known


def _wait_for_the_token() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not instances.current().app_token:
        if time.monotonic() > deadline:
            raise NotInstalled
        time.sleep(_PAUSE_SECONDS)
