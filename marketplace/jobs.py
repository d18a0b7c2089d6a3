"""Schedule → job, and which loops the worker runs: everything that runs by itself stands here."""

from collections.abc import Sequence

from django.conf import settings
from procrastinate import App

from marketplace.core.outbox import deliver_events
from marketplace.core.worker import Loop


def schedule(app: App) -> None:
    """Register the periodic jobs (called once when Django is ready)."""


def worker_loops() -> Sequence[Loop]:
    """Webhooks in, domain events out; and the embedded engine's deliveries where it runs."""
    found: list[Loop] = []
    if not settings.SALEOR_API_URL:
        from marketplace.embedded.deliveries import deliver_pending

        found.append(deliver_pending)
    from marketplace.saleor.inbox import handle_inbox

    return [*found, handle_inbox, deliver_events]
