"""Handles the notices that providers' webhooks stored, each once."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from marketplace.payments.models import ProviderNotice
from marketplace.payments.providers.cmi import notices as cmi
from marketplace.payments.providers.cmi.provider import Cmi
from marketplace.payments.providers.stripe import notices as stripe
from marketplace.payments.providers.stripe.provider import Stripe

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
SOONEST, LATEST = timedelta(seconds=2), timedelta(hours=1)
MOST = 50
# Who handles the notices of a provider. A handler may raise; it is then called again later.
HANDLERS: dict[str, Callable[[ProviderNotice], None]] = {
    Cmi.name: cmi.take_in,
    Stripe.name: stripe.take_in,
}


def take_in_notices() -> int:
    """Handle the notices that are due; returns how many.

    One that fails is tried again, each time after a longer wait.
    """
    return sum(_take_in(notice) for notice in _due())


def _due() -> list[ProviderNotice]:
    now = timezone.now()
    waiting = ProviderNotice.objects.filter(handled_at__isnull=True, look_at__lte=now)
    found = []
    for notice in waiting.order_by("look_at")[:MOST]:
        claimed = ProviderNotice.objects.filter(pk=notice.pk, look_at=notice.look_at)
        if claimed.update(look_at=now + LEASE):
            found.append(notice)
    return found


def _take_in(notice: ProviderNotice) -> bool:
    row = ProviderNotice.objects.filter(pk=notice.pk)
    try:
        HANDLERS[notice.provider](notice)
    except Exception as error:
        logger.exception("Notice %s of %s could not be taken in", notice.event_id, notice.provider)
        wait = min(SOONEST * 2**notice.attempts, LATEST)
        row.update(
            attempts=notice.attempts + 1,
            look_at=timezone.now() + wait,
            last_error=f"{type(error).__name__}: {error}"[:300],
        )
        return False
    row.update(handled_at=timezone.now(), attempts=notice.attempts + 1, last_error="")
    return True
