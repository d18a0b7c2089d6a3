"""Stage of the engine: the embedded one's first start with our App installed, and store set-up."""

import secrets
from datetime import datetime

from django.conf import settings

from marketplace.demo.stages import BY
from marketplace.embedded.bootstrap import bootstrap, install_local_app
from marketplace.saleor import setup


def set_up(_first: int, _last: int, _begun_at: datetime) -> None:
    """Start the engine and set up the store; idempotent.

    A Saleor runs already, and has our App.
    """
    if not settings.SALEOR_API_URL:
        bootstrap(
            domain=str(settings.EMBEDDED_ENGINE["DOMAIN"]),
            admin_email="admin@twiza.example",
            admin_password=secrets.token_urlsafe(24),
        )
        install_local_app(f"{settings.PUBLIC_URL}/saleor/manifest")
    setup.apply(by=BY)
