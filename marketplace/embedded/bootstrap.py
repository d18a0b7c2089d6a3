"""First start of the engine, and what the Dashboard does when it installs a local App."""

from marketplace.embedded import unit_of_work
from marketplace.embedded.installed_apps.installation import install
from marketplace.embedded.models import App, Shop, User
from marketplace.embedded.schema.composition import build_schema
from marketplace.embedded.webhooks.signing import ensure_key


def bootstrap(*, domain: str, admin_email: str, admin_password: str) -> User:
    """Make the shop's row, the signing key and a superuser; may be called again at any time.

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
    """Install the App behind `manifest_url` with everything it asks for, unless it already is.

    The App receives its token at the manifest's ``tokenTargetUrl``. Raises CommandError when the
    manifest cannot be fetched or the token is refused.
    """
    existing = App.objects.filter(manifest_url=manifest_url).first()
    if existing is not None:
        return existing
    return install(manifest_url, schema=build_schema().graphql_schema)
