"""What providers tell of their own accord: stored at once, handled afterwards, each once."""

from typing import Any

from marketplace.payments.models import ProviderNotice


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
