"""Handles the notifications that providers' webhooks stored, each once."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from marketplace.payments.models import ProviderNotification
from marketplace.payments.providers.cmi import notifications as cmi
from marketplace.payments.providers.cmi.provider import Cmi
from marketplace.payments.providers.stripe import notifications as stripe
from marketplace.payments.providers.stripe.provider import Stripe

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
SOONEST, LATEST = timedelta(seconds=2), timedelta(hours=1)
MOST = 50
# By provider, who handles its notifications; one that raises is called again later.
HANDLERS: dict[str, Callable[[ProviderNotification], None]] = {
    Cmi.name: cmi.handle,
    Stripe.name: stripe.handle,
}


def handle_notifications() -> int:
    """Handle the notifications that are due; returns how many.

    One that fails is tried again, each time after a longer wait.
    """
    return sum(_handle(notification) for notification in _due())


def _due() -> list[ProviderNotification]:
    now = timezone.now()
    waiting = ProviderNotification.objects.filter(handled_at__isnull=True, check_at__lte=now)
    found = []
    for notification in waiting.order_by("check_at")[:MOST]:
        claimed = ProviderNotification.objects.filter(
            pk=notification.pk, check_at=notification.check_at
        )
        if claimed.update(check_at=now + LEASE):
            found.append(notification)
    return found


def _handle(notification: ProviderNotification) -> bool:
    row = ProviderNotification.objects.filter(pk=notification.pk)
    try:
        HANDLERS[notification.provider](notification)
    except Exception as error:
        logger.exception(
            "Notification %s of %s could not be handled",
            notification.event_id,
            notification.provider,
        )
        wait = min(SOONEST * 2**notification.attempts, LATEST)
        row.update(
            attempts=notification.attempts + 1,
            check_at=timezone.now() + wait,
            last_error=f"{type(error).__name__}: {error}"[:300],
        )
        return False
    row.update(handled_at=timezone.now(), attempts=notification.attempts + 1, last_error="")
    return True
