"""Schedule → job, and which loops the worker runs: everything that runs by itself stands here."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string
from procrastinate import App

from marketplace.core.outbox import deliver_events
from marketplace.core.worker import Loop


def schedule(app: App) -> None:
    """Register the periodic jobs (called once when Django is ready)."""
    _every(app, "* * * * *", "vendors.jobs.bring_waiting")
    _every(app, "15 3 * * *", "marketplace.saleor.jobs.forget_handled")
    _every(app, "* * * * *", "catalog.jobs.apply_waiting")
    _every(app, "*/2 * * * *", "catalog.jobs.quick_sweep")
    _every(app, "*/5 * * * *", "catalog.jobs.rolling_sweep")
    _every(app, "*/10 * * * *", "search.jobs.recount_words")
    _every(app, "*/2 * * * *", "marketplace.orders.jobs.sweep")
    _every(app, "* * * * *", "marketplace.orders.jobs.finish_what_was_begun")
    _every(app, "*/10 * * * *", "marketplace.orders.jobs.check_stock")
    _every(app, "20 * * * *", "marketplace.orders.jobs.time_out")
    _every(app, "40 3 * * *", "marketplace.orders.jobs.purge")
    _every(app, "* * * * *", "marketplace.payments.jobs.settle_open_refunds")
    _every(app, "*/5 * * * *", "marketplace.payments.jobs.return_payments_without_order")
    _every(app, "*/10 * * * *", "marketplace.payments.jobs.charge_all_collected")


def _every(app: App, cron: str, path: str) -> None:
    """Run a job of ours by the clock; one that is still waiting is not asked for again."""

    def run(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate tells when it was due
        import_string(path)()

    task = app.task(name=path, queueing_lock=path)(run)
    app.periodic(cron=cron, periodic_id=path)(task)


def worker_loops() -> Sequence[Loop]:
    """Webhooks in, domain events out; and the embedded engine's deliveries where it runs."""
    found: list[Loop] = []
    if not settings.SALEOR_API_URL:
        from marketplace.embedded.deliveries import deliver_pending

        found.append(deliver_pending)
    from marketplace.saleor.inbox import handle_inbox

    return [*found, handle_inbox, deliver_events]
