"""What providers tell of their own accord: stored at once, taken in afterwards, each once."""

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string

from marketplace.payments.models import ProviderNotice
from marketplace.payments.providers import known, remote_of

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
SOONEST, LATEST = timedelta(seconds=2), timedelta(hours=1)
MOST = 50


def hear(
    *, provider: str, event_id: str, kind: str, subject: str, facts: dict[str, Any] | None = None
) -> ProviderNotice:
    """Store a notice whose sender was checked; heard again, it is the same row."""
    notice, _new = ProviderNotice.objects.get_or_create(
        provider=provider,
        event_id=event_id[:120],
        defaults={"kind": kind[:80], "subject": subject[:120], "facts": facts or {}},
    )
    return notice


def take_in_notices() -> int:
    """Take in what was heard; returns how many. What fails is tried again, later and later."""
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
        provider = remote_of(known()[notice.provider])
        assert provider is not None
        import_string(provider.notices)(notice)
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
