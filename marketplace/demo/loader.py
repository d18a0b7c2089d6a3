"""Creates the demo's world with the rooms' own use cases, stage by stage; resumes after a kill.

``open_shop`` creates enough for the shop to open; ``fill_world`` creates the rest in small steps
while people look around (the command ``fill_demo``, a process of its own beside the worker).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from marketplace.demo.models import OPENING, DemoProgress
from marketplace.demo.stages import (
    cooperatives,
    engine,
    invoices,
    listings,
    moderation,
    payouts,
    people,
    questions,
    recent_orders,
)
from marketplace.demo.stages.past_orders import batches as past_orders
from marketplace.demo.stages.past_orders import cash
from marketplace.saleor.errors import EngineUnavailable

Step = Callable[[int, int, datetime], None]
Progress = Callable[[str], None]
_LOCK = 7_311_090
PAUSES_SECONDS = (2, 10)


@dataclass(frozen=True)
class Stage:
    """A stage of the world: ``make(first, last, begun_at)`` creates items; idempotent."""

    name: str
    label: str
    total: int
    chunk: int
    make: Step


_EARLY = cooperatives.FIRST + cooperatives.EARLY

STAGES: Sequence[Stage] = (
    Stage("engine", gettext_noop("The shop's engine"), 1, 1, engine.set_up),
    Stage("people", gettext_noop("Programmes and accounts"), 1, 1, people.make),
    Stage(
        "first-cooperatives",
        gettext_noop("The first cooperatives"),
        cooperatives.FIRST,
        cooperatives.FIRST,
        cooperatives.make_first,
    ),
    Stage(
        "first-listings", gettext_noop("Their products"), cooperatives.FIRST, 8, listings.make_first
    ),
    Stage(
        "early-cooperatives",
        gettext_noop("More cooperatives"),
        cooperatives.EARLY,
        cooperatives.EARLY,
        cooperatives.make_early,
    ),
    Stage("early-listings", gettext_noop("More products"), _EARLY, 7, listings.make_early),
    Stage(
        "first-orders",
        gettext_noop("Some past orders"),
        past_orders.FIRST,
        40,
        past_orders.make_first,
    ),
    Stage(
        "first-checkouts",
        gettext_noop("Today's first orders"),
        recent_orders.FIRST,
        3,
        recent_orders.make_first,
    ),
    Stage("questions", gettext_noop("Questions of buyers"), questions.COUNT, 4, questions.make),
    Stage(
        "cooperatives",
        gettext_noop("All cooperatives"),
        cooperatives.count_of_rest(),
        17,
        cooperatives.make_rest,
    ),
    Stage(
        "listings",
        gettext_noop("All products"),
        cooperatives.count_of_rest(),
        7,
        listings.make_rest,
    ),
    Stage(
        "past-orders",
        gettext_noop("Twelve months of orders"),
        past_orders.REST,
        past_orders.BATCH,
        past_orders.make_rest,
    ),
    Stage(
        "moderation",
        gettext_noop("Proposals awaiting review"),
        moderation.PROPOSALS,
        moderation.PROPOSALS,
        moderation.make,
    ),
    Stage("cash", gettext_noop("Cash handed over by carriers"), cash.WEEKS, 6, cash.remit_cash),
    Stage("payouts", gettext_noop("Payouts of the past months"), payouts.MONTHS, 1, payouts.make),
    Stage(
        "invoices",
        gettext_noop("Commission invoices of the past months"),
        invoices.MONTHS,
        1,
        invoices.make,
    ),
    Stage(
        "checkouts",
        gettext_noop("Recent orders"),
        recent_orders.REST,
        3,
        recent_orders.make_rest,
    ),
)
# Stages by TWIZA_DEMO_SIZE: small has all listings, early the first orders, open what opens it.
_NAMES = [stage.name for stage in STAGES]
SIZES = {
    "full": len(STAGES),
    "small": 1 + _NAMES.index("listings"),
    "early": 1 + _NAMES.index("questions"),
    "open": OPENING,
}


def open_shop(*, progress: Progress = lambda _text: None) -> None:
    """Run the first stages, so that there is something to see and to buy; a no-op when done."""
    prepare_rows()
    for stage in STAGES[:OPENING]:
        row = DemoProgress.objects.get(pk=stage.name)
        if row.finished_at is None:
            progress(f"{stage.label} …")
        while row.finished_at is None:
            _advance_patiently(stage, row)


def _advance_patiently(stage: Stage, row: DemoProgress) -> None:
    """Retry a step: a Saleor that is busy for a moment does not end the demo."""
    for pause in PAUSES_SECONDS:
        try:
            _advance(stage, row)
        except EngineUnavailable:
            time.sleep(pause)
        else:
            return
    _advance(stage, row)


def is_whole() -> bool:
    """Whether the world is complete."""
    return not _missing().exists()


def progress() -> QuerySet[DemoProgress]:
    """The progress of the stages that belong to a world of this size."""
    wanted = SIZES.get(settings.DEMO_SIZE, len(STAGES))
    return DemoProgress.objects.filter(position__lt=wanted).order_by("position")


def _missing() -> QuerySet[DemoProgress]:
    return progress().filter(finished_at__isnull=True)


def fill_world() -> int:
    """One further step; returns how many items it created, 0 when the world is complete."""
    row = _missing().first()
    if row is None or not _alone():
        return 0
    try:
        return _advance(_stage_of(row), row)
    finally:
        _leave()


def skip_step() -> None:
    """Skip a step that failed repeatedly: a demo without it is better than none."""
    row = _missing().first()
    if row is None:
        return
    stage = _stage_of(row)
    row.done = min(row.done + stage.chunk, stage.total)
    if row.done >= stage.total:
        row.finished_at = timezone.now()
    row.save(update_fields=["done", "finished_at"])


def _stage_of(row: DemoProgress) -> Stage:
    return next(stage for stage in STAGES if stage.name == row.stage)


def _advance(stage: Stage, row: DemoProgress) -> int:
    last = min(row.done + stage.chunk, stage.total)
    stage.make(row.done, last, row.begun_at)
    made, row.done = last - row.done, last
    if last >= stage.total:
        row.finished_at = timezone.now()
    row.save(update_fields=["done", "finished_at"])
    return made


def prepare_rows() -> None:
    """Create the rows of stages; the world's date is that of its first start.

    A world that an earlier version began continues with the stages of this one.
    """
    first = DemoProgress.objects.order_by("begun_at").first()
    begun_at = first.begun_at if first else timezone.now()
    DemoProgress.objects.bulk_create(
        [
            DemoProgress(stage=s.name, position=n, total=s.total, begun_at=begun_at)
            for n, s in enumerate(STAGES)
        ],
        update_conflicts=True,
        unique_fields=["stage"],
        update_fields=["position", "total"],
    )


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _leave() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
