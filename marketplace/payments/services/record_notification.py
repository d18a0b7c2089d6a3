"""Record what a provider's webhook says: stored at once, handled afterwards, each once."""

from typing import Any

from marketplace.payments.models import ProviderNotification


def record_notification(
    *, provider: str, event_id: str, kind: str, subject: str, facts: dict[str, Any] | None = None
) -> ProviderNotification:
    """Store a notification whose sender was verified; one that is repeated is the same row.

    ``facts`` never hold anything of a card.
    """
    notification, _new = ProviderNotification.objects.get_or_create(
        provider=provider,
        event_id=event_id[:120],
        defaults={"kind": kind[:80], "subject": subject[:120], "facts": facts or {}},
    )
    return notification
