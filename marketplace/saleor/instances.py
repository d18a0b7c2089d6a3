"""The engine of this deployment."""

from urllib.parse import urlsplit

from django.conf import settings

from marketplace.saleor.models import EngineInstance


def api_url() -> str:
    """The address of the engine's GraphQL API: the configured Saleor's or the embedded one's."""
    return settings.SALEOR_API_URL or f"http://{settings.EMBEDDED_ENGINE['DOMAIN']}/graphql/"


def current() -> EngineInstance:
    """The row of the configured engine, created at first use."""
    instance, _created = EngineInstance.objects.get_or_create(api_url=api_url())
    return instance


def is_installed() -> bool:
    """Whether we have a token of our App's: without one nothing can be asked of the engine."""
    held = EngineInstance.objects.filter(api_url=api_url()).exclude(app_token="")
    return bool(settings.SALEOR_APP_TOKEN) or held.exists()


def domain_of(instance: EngineInstance) -> str:
    """The engine's name in webhooks; empty while our App is not installed.

    With a token from the environment it is unknown: then the host of the address.
    """
    if instance.domain or not settings.SALEOR_APP_TOKEN:
        return instance.domain
    return urlsplit(instance.api_url).netloc
