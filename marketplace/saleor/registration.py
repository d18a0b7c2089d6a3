"""Registration of the token that the engine issues to our App."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import instances
from marketplace.saleor.errors import BadSignature, EngineRefused
from marketplace.saleor.gateway import client_with
from marketplace.saleor.models import EngineInstance
from marketplace.saleor.webhooks.signatures import fetch_keys


def register(*, token: str, domain: str) -> EngineInstance:
    """Store a token from a request, if the configured engine confirms that it is our App's.

    The request is not signed and anybody could send one: so we query the engine at the configured
    address, with that token, for the App and the engine's domain. Raises BadSignature when it does
    not know the token or when ``domain``, which the request names, is another engine's, and
    EngineUnavailable when it cannot be reached.
    """
    if not token or not domain:
        raise BadSignature
    return keep(token=token, domain=domain, by=Actor.saleor())


def keep(*, token: str, by: Actor, domain: str = "") -> EngineInstance:
    """Store a token that the configured engine accepts; raises as ``register``.

    A ``domain`` must match the engine's own; without one the engine's own is used. The token is
    stored encrypted, with the keys that the engine publishes.
    """
    app_id, host = who_we_are(token)
    if domain and domain != host:
        raise BadSignature
    instance = instances.current()
    fetch_keys(instance)
    instance.app_token, instance.app_id, instance.domain = token, app_id, host
    instance.registered_at = timezone.now()
    with transaction.atomic():
        instance.save()
        audit.record("saleor.registered", instance, by=by, domain=host)
    return instance


def who_we_are(token: str) -> tuple[str, str]:
    """The engine's id of our App and the engine's domain, as the engine reports them.

    Raises BadSignature when the engine does not know the token, or knows it as another App's.
    """
    try:
        said = client_with(token).own_app()
    except EngineRefused as refusal:
        raise BadSignature from refusal
    if said.app is None or said.app.identifier != settings.SALEOR_APP_IDENTIFIER:
        raise BadSignature
    return said.app.id, said.shop.domain.host
