"""The engine of a demo's world: the embedded one, or a Saleor."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from marketplace.core.worlds import load_world
from marketplace.demo.errors import DemoRefused

EMBEDDED, SALEOR = "embedded", "saleor"
ADDRESS = "SALEOR_API_URL"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class EngineChoice:
    """The engine's address (empty: embedded), and the address of our pages."""

    api_url: str
    public_url: str
    app_url: str
    hosts: tuple[str, ...] = LOCAL_HOSTS

    @property
    def is_embedded(self) -> bool:
        """Whether nothing but this machine is needed."""
        return not self.api_url

    @property
    def listens_on(self) -> str:
        """The address to listen on: open to others only when a public address was given."""
        return "127.0.0.1" if set(self.hosts) == set(LOCAL_HOSTS) else "0.0.0.0"  # noqa: S104

    @property
    def facts(self) -> dict[str, str]:
        """What later starts and other commands need to know."""
        return {
            ADDRESS: self.api_url,
            "TWIZA_PUBLIC_URL": self.public_url,
            "TWIZA_APP_URL": self.app_url,
            "TWIZA_DEMO": "1",
        }

    @property
    def environment(self) -> dict[str, str]:
        """Environment of the demo's processes. The demo installs its App itself."""
        hosts = ",".join(self.hosts)
        return {**self.facts, "SALEOR_APP_TOKEN": "", "TWIZA_ALLOWED_HOSTS": hosts}


def choose(engine: str, *, port: int, folder: Path, environment: Mapping[str, str]) -> EngineChoice:
    """The requested engine; raises DemoRefused when this folder's world has another."""
    home = f"http://localhost:{port}"
    choice = _at("" if engine == EMBEDDED else _api_url(environment), home, environment)
    known = load_world(folder)
    if known and known[ADDRESS] != choice.api_url:
        raise DemoRefused(
            f"the world in {folder} lives at {_name(known[ADDRESS])}, not at "
            f"{_name(choice.api_url)}. Start it there again, or begin another world in another "
            f"folder: twiza demo --engine {engine} --data DIR"
        )
    return choice


def _name(api_url: str) -> str:
    return f"the Saleor {api_url}" if api_url else "the embedded engine"


def _api_url(environment: Mapping[str, str]) -> str:
    api_url = environment.get(ADDRESS, "")
    if not urlsplit(api_url).netloc:
        raise DemoRefused(
            f"{ADDRESS} does not say which Saleor. Set it, as {ADDRESS}=http://HOST:PORT/graphql/, "
            "or start one with deploy/compose.yaml (there it is http://localhost:8001/graphql/)."
        )
    return api_url


def _at(api_url: str, home: str, environment: Mapping[str, str]) -> EngineChoice:
    """At the addresses that the environment gives, else at this machine's own."""
    public_url = environment.get("TWIZA_PUBLIC_URL") or home
    app_url = environment.get("TWIZA_APP_URL") or public_url
    named = [urlsplit(url).hostname or "" for url in (public_url, app_url)]
    hosts = dict.fromkeys([*LOCAL_HOSTS, *named])
    return EngineChoice(api_url, public_url, app_url, tuple(hosts))
