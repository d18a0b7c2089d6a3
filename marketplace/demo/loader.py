"""Creates the demo's world with the rooms' own use cases, stage by stage; resumes after a kill.

``open_shop`` creates enough for the shop to open; ``fill_world`` creates the rest in small steps
while people look around (the command ``fill_demo``, a process of its own beside the worker).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.demo.alone import alone
from marketplace.demo.models import OPENING, DemoProgress
from marketplace.demo.progress import LABELS, progress
from marketplace.demo.stages import (
    admissions,
    cooperatives,
    engine,
    invoices,
    listings,
    moderation,
    offers,
    payouts,
    people,
    questions,
    recent_orders,
    reviews,
)
from marketplace.demo.stages.past_orders import batches as past_orders
from marketplace.demo.stages.past_orders import cash
from marketplace.saleor.errors import EngineUnavailable

Step = Callable[[int, int, datetime], None]
Progress = Callable[[str], None]
PAUSES_SECONDS = (2, 10)


@dataclass(frozen=True)
class Stage:
    """A stage of the world: ``make(first, last, begun_at)`` creates items; idempotent."""

    name: str
    total: int
    chunk: int
    make: Step


_EARLY = cooperatives.FIRST + cooperatives.EARLY

STAGES: Sequence[Stage] = (
    Stage("engine", 1, 1, engine.set_up),
    Stage("people", 1, 1, people.make),
    Stage(
        "first-cooperatives",
        cooperatives.FIRST,
        cooperatives.FIRST,
        cooperatives.make_first,
    ),
    Stage("first-listings", cooperatives.FIRST, 8, listings.make_first),
    Stage(
        "early-cooperatives",
        cooperatives.EARLY,
        cooperatives.EARLY,
        cooperatives.make_early,
    ),
    Stage("early-listings", _EARLY, 7, listings.make_early),
    Stage(
        "first-orders",
        past_orders.FIRST,
        40,
        past_orders.make_first,
    ),
    Stage(
        "first-checkouts",
        recent_orders.FIRST,
        3,
        recent_orders.make_first,
    ),
    Stage("questions", questions.COUNT, 4, questions.make),
    Stage("offers", offers.COUNT, 1, offers.make),
    Stage("reviews", reviews.PRODUCTS, 1, reviews.make),
    Stage(
        "cooperatives",
        cooperatives.count_of_rest(),
        17,
        cooperatives.make_rest,
    ),
    Stage(
        "listings",
        cooperatives.count_of_rest(),
        7,
        listings.make_rest,
    ),
    Stage(
        "past-orders",
        past_orders.REST,
        past_orders.BATCH,
        past_orders.make_rest,
    ),
    Stage(
        "moderation",
        moderation.PROPOSALS,
        moderation.PROPOSALS,
        moderation.make,
    ),
    Stage("cash", cash.WEEKS, 6, cash.remit_cash),
    Stage("payouts", payouts.MONTHS, 1, payouts.make),
    Stage(
        "invoices",
        invoices.MONTHS,
        1,
        invoices.make,
    ),
    Stage("checkouts", recent_orders.REST, 3, recent_orders.make_rest),
    Stage(
        "admissions",
        admissions.COUNT,
        2,
        admissions.make,
    ),
)


def open_shop(*, progress: Progress = lambda _text: None) -> None:
    """Run the first stages, so that there is something to see and to buy; a no-op when done."""
    prepare_rows()
    for stage in STAGES[:OPENING]:
        row = DemoProgress.objects.get(pk=stage.name)
        if row.finished_at is None:
            progress(f"{LABELS[stage.name]} …")
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


def _missing() -> QuerySet[DemoProgress]:
    return progress().filter(finished_at__isnull=True)


def fill_world() -> int:
    """One further step; returns how many items it created, 0 when the world is complete."""
    row = _missing().first()
    if row is None:
        return 0
    with alone() as is_alone:
        return _advance(_stage_of(row), row) if is_alone else 0


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
