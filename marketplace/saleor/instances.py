"""Which engine this deployment speaks to."""

from urllib.parse import urlsplit

from django.conf import settings

from marketplace.saleor.models import EngineInstance


def api_url() -> str:
    """The address of the engine's GraphQL API: the configured Saleor's, or the embedded one's."""
    return settings.SALEOR_API_URL or f"http://{settings.EMBEDDED_ENGINE['DOMAIN']}/graphql/"


def current() -> EngineInstance:
    """The row of the configured engine, made when it is first spoken of."""
    instance, _created = EngineInstance.objects.get_or_create(api_url=api_url())
    return instance


def domain_of(instance: EngineInstance) -> str:
    """How the engine names itself in webhooks; empty while our App is not installed there.

    With a token from the environment nobody has told us: it is then the address's own host.
    """
    if instance.domain or not settings.SALEOR_APP_TOKEN:
        return instance.domain
    return urlsplit(instance.api_url).netloc
