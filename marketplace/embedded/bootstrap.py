"""The first start of the engine, and installing our own App in it."""

import secrets

from django.conf import settings

from marketplace.embedded import unit_of_work
from marketplace.embedded.authentication import make_token
from marketplace.embedded.installed_apps.installation import install_app
from marketplace.embedded.models import App, Shop, User
from marketplace.embedded.schema.composition import build_schema
from marketplace.embedded.webhooks.signing import ensure_key


def bootstrap(*, domain: str, admin_email: str, admin_password: str) -> User:
    """Create the shop, the signing key and a superuser; may be called at every start.

    The domain is updated; an existing administrator keeps the password.
    """
    with unit_of_work.write():
        shop = Shop.current()
        if shop.domain != domain:
            shop.domain = domain
            shop.save(update_fields=["domain"])
        ensure_key()
        admin = User.objects.filter(email__iexact=admin_email).first()
        if admin is None:
            admin = User(email=admin_email.lower(), is_staff=True, is_superuser=True)
            admin.set_password(admin_password)
            admin.save()
    return admin


def install_local_app(manifest_url: str) -> App:
    """Install the App of a manifest with the permissions that it asks for, unless it is installed.

    The App receives its token at the manifest's ``tokenTargetUrl``. Raises CommandError when the
    manifest cannot be fetched or the token is refused.
    """
    existing = App.objects.filter(manifest_url=manifest_url).first()
    if existing is not None:
        return existing
    return install_app(manifest_url, schema=build_schema().graphql_schema)


def start_as_administrator() -> str:
    """Start the engine, and return a token of its administrator for the next minutes.

    Nobody signs in there by a password: whoever may run this has the machine.
    """
    domain = str(settings.EMBEDDED_ENGINE["DOMAIN"])
    admin = bootstrap(
        domain=domain,
        admin_email=f"administrator@{domain}",
        admin_password=secrets.token_urlsafe(24),
    )
    return make_token(admin, kind="access")
