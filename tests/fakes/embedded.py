"""The embedded engine, installed and set up, for tests which need a real one to speak to."""

from marketplace.core.actors import Actor
from marketplace.embedded import bootstrap
from marketplace.saleor import setup
from marketplace.saleor.manifest import manifest_url


def install() -> None:
    """Start the engine and install our App there."""
    bootstrap.bootstrap(
        domain="engine.twiza.internal", admin_email="op@example.org", admin_password="x" * 12
    )
    bootstrap.install_local_app(manifest_url())


def open_store() -> None:
    """Install our App and set up the store as planned."""
    install()
    setup.apply(by=Actor.system("test"))
