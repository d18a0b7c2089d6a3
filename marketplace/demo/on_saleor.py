"""A demo's world at a Saleor: whether there is room for it, and installation of our App.

Needs Django set up and the database running.
"""

import getpass
import os
import sys
from pathlib import Path

from marketplace.core.errors import TwizaError
from marketplace.core.worlds import load_world, remember_world
from marketplace.demo.engine_choice import EngineChoice
from marketplace.demo.errors import DemoRefused
from marketplace.demo.models import DemoProgress
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import FIRST_SLUGS
from marketplace.saleor import installing, setup
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.errors import EngineUnavailable, NotInstalled

EMAIL, PASSWORD = "SALEOR_ADMIN_EMAIL", "SALEOR_ADMIN_PASSWORD"
LONG_AGO = "2000-01-01T00:00:00+00:00"


def claim(choice: EngineChoice, folder: Path) -> tuple[str, str] | None:
    """Check that the world in this folder may use the Saleor, before anything is created there.

    Returns the administrator's e-mail and password when the App has yet to be installed. Raises
    DemoRefused with what to do when the Saleor does not answer, refuses the login, or holds
    somebody else's shop.
    """
    password = os.environ.pop(PASSWORD, "")  # not needed by our processes
    if not load_world(folder) and DemoProgress.objects.exists():
        raise DemoRefused(
            f"the world in {folder} lives at the embedded engine. Begin another one: "
            "twiza demo --engine saleor --data DIR"
        )
    try:
        if installing.holds_token():
            return None
        email, password = _credentials(password)
        if not load_world(folder):
            _require_room(installing.admin_client(email, password), choice)
    except EngineUnavailable as error:
        raise DemoRefused(f"the Saleor at {choice.api_url} does not answer ({error}).") from error
    except TwizaError as error:
        raise DemoRefused(f"the Saleor at {choice.api_url} does not let us in: {error}") from error
    remember_world(folder, choice.facts)
    return email, password


def install(choice: EngineChoice, email: str, password: str) -> None:
    """Install our App; our pages must be up, as Saleor calls them."""
    try:
        installing.install(email=email, password=password, by=BY)
    except NotInstalled as error:
        raise DemoRefused(
            f"Saleor did not bring our App its token. Can it reach {choice.app_url}/? Otherwise "
            "set TWIZA_APP_URL to an address of this machine that it reaches. A Saleor that "
            "filters addresses needs HTTP_IP_FILTER_ALLOW_LOOPBACK_IPS=True for this machine's own."
        ) from error
    except TwizaError as error:
        raise DemoRefused(f"the Saleor at {choice.api_url} refused our App: {error}") from error


def mend() -> None:
    """Update the App's webhooks: this start may have another address or version."""
    try:
        setup.apply(by=BY)
    except TwizaError as error:
        raise DemoRefused(f"the Saleor is not as it should be: {error}") from error


def _credentials(password: str) -> tuple[str, str]:
    """From the environment, else prompted for at a terminal."""
    email = os.environ.get(EMAIL, "")
    if not (email and password) and not sys.stdin.isatty():
        raise DemoRefused(
            f"{EMAIL} and {PASSWORD} are needed, an administrator of that Saleor, to install our "
            "App there. They are not kept."
        )
    email = email or input("Administrator of that Saleor (e-mail): ").strip()
    return email, password or getpass.getpass("Password: ")


def _require_room(admin: SaleorClient, choice: EngineChoice) -> None:
    """Refuse a Saleor with data of ours or a shop in use: what the demo creates there stays."""
    if installing.has_our_app(admin):
        raise DemoRefused(
            f"the Saleor at {choice.api_url} has the App Twiza already, of another demo or shop. "
            "Start that one again in its own folder, or use an empty Saleor."
        )
    if any(admin.page_by_slug(slug).page for slug in FIRST_SLUGS):
        raise DemoRefused(
            f"the Saleor at {choice.api_url} holds the cooperatives of an earlier demo. A second "
            "one would mix with it: use an empty Saleor (a new database)."
        )
    orders = admin.orders_updated_since(LONG_AGO).orders
    if orders and orders.edges:
        raise DemoRefused(
            f"the Saleor at {choice.api_url} has orders: it is somebody's shop. The demo makes "
            "some hundred invented goods and thousands of orders there, and takes nothing away "
            "again: use an empty Saleor."
        )
