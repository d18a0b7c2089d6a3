"""Which engine this deployment speaks to."""

from django.conf import settings

from marketplace.saleor.models import EngineInstance


def api_url() -> str:
    """The address of the engine's GraphQL API: the configured Saleor's, or the embedded one's."""
    return settings.SALEOR_API_URL or f"http://{settings.EMBEDDED_ENGINE['DOMAIN']}/graphql/"


def current() -> EngineInstance:
    """The row of the configured engine, made when it is first spoken of."""
    instance, _created = EngineInstance.objects.get_or_create(api_url=api_url())
    return instance
