"""Sweeps: compare the engine's objects with ours from where the last one ended, one at a time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from marketplace.core.errors import TwizaError
from marketplace.saleor.models import InboxMessage, SweepRun

logger = logging.getLogger(__name__)

# What changed so recently is left to its webhook: a repair by a sweep is to be news. Less than each
# sweep's overlap, so that the next run sees it again.
UNDER_WAY = timedelta(minutes=1)
# A worker that is behind for longer is broken rather than busy: sweeps no longer wait for it.
LONGEST_BEHIND = timedelta(minutes=10)


def is_behind() -> bool:
    """Whether webhooks wait that nobody has had the time to try: a comparison finds them missing.

    As while many products are brought in. The sweep's next turn comes soon.
    """
    untried = InboxMessage.objects.filter(handled_at=None, attempts=0)
    oldest = untried.aggregate(oldest=Min("received_at"))["oldest"]
    return oldest is not None and UNDER_WAY < timezone.now() - oldest < LONGEST_BEHIND


@dataclass(frozen=True)
class Sweep:
    """A sweep by name; ``lock`` is its own number among PostgreSQL's advisory locks.

    Each run begins ``overlap`` before the last one, because clocks differ and an object may be read
    before its transaction is visible everywhere. The first run looks ``first_look`` back.
    """

    name: str
    lock: int
    overlap: timedelta
    first_look: timedelta = timedelta(days=30)

    def run(self, look: Callable[[SweepRun, datetime], None], since: datetime | None) -> SweepRun:
        """Process changes since then (by default, since the last run).

        A concurrent run does nothing. If ``look`` records an error in the run, or raises a
        TwizaError, the next run begins where this one did.
        """
        started = timezone.now()
        run = SweepRun.objects.create(name=self.name, started_at=started)
        if not self._call("pg_try_advisory_lock"):
            run.finished_at = timezone.now()
            run.save()
            return run
        try:
            look(run, since or self._last_seen(started))
            clean = not run.last_error
            run.seen_until = started - self.overlap if clean else self._last_seen(started)
        except TwizaError as error:
            run.last_error = str(error)[:2000]
        finally:
            run.finished_at = timezone.now()
            run.save()
            self._call("pg_advisory_unlock")
        if run.repaired:
            logger.warning(
                "Sweep %s repaired %s of %s: their webhooks did not come",
                self.name, run.repaired, run.looked_at,
            )  # fmt: skip
        return run

    def _last_seen(self, now: datetime) -> datetime:
        runs = SweepRun.objects.filter(name=self.name, seen_until__isnull=False)
        last = runs.order_by("-started_at").values_list("seen_until", flat=True).first()
        return last or now - self.first_look

    def _call(self, function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [self.lock])
            row = cursor.fetchone()
        return bool(row and row[0])
