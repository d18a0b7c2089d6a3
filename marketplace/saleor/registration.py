"""Taking the token that the engine gives our App when it is installed there."""

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
    """Keep a token, if the configured engine itself says that it is our App's.

    The request that brings it is not signed and anybody could send one: so we ask the engine at
    the configured address, with that token, who we are. Raises BadSignature when it does not know
    the token, EngineUnavailable when it does not answer.
    """
    if not token or not domain:
        raise BadSignature
    try:
        app = client_with(token).own_app().app
    except EngineRefused as refusal:
        raise BadSignature from refusal
    if app is None or app.identifier != settings.SALEOR_APP_IDENTIFIER:
        raise BadSignature
    instance = instances.current()
    fetch_keys(instance)
    instance.app_token, instance.app_id, instance.domain = token, app.id, domain
    instance.registered_at = timezone.now()
    with transaction.atomic():
        instance.save()
        audit.record("saleor.registered", instance, by=Actor.saleor(), domain=domain)
    return instance
