"""Running sequences: how many, with which seed."""

import secrets
from random import Random

import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.payouts.books.machine import BooksMachine
from tests.payouts.books.world import STARTS, begin

# Steps after the first sale; a sequence also hears what is late at its end.
STEPS = 6
# So many sequences go on from the same first sale.
SHARING = 50


def run_sequences(count: int, *, seeded: int | None = None) -> None:
    """Try so many sequences; raises with the shortest that breaks the books."""
    start = secrets.randbelow(2**32) if seeded is None else seeded
    for first in range(0, count, SHARING):
        _run_together(min(SHARING, count - first), start + first)


def _run_together(count: int, seeded: int) -> None:
    """Sequences that go on from one first sale, which is undone in the end."""
    with transaction.atomic():
        with time_machine.travel(STARTS, tick=False):
            BooksMachine.begun = begin(BooksMachine.world, Random(seeded))
        seed(seeded)(BooksMachine)
        try:
            run_state_machine_as_test(
                BooksMachine,
                settings=settings(
                    max_examples=count,
                    stateful_step_count=STEPS,
                    deadline=None,
                    database=None,
                    phases=[Phase.generate, Phase.shrink],
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except BaseException as error:
            sale = BooksMachine.begun.sale
            heard = [what for what, _told in BooksMachine.begun.told]
            run = BooksMachine.begun.run
            error.add_note(
                f"Seed {seeded}; first sale {sale.totals}, delivery {sale.shipping}, {heard}, "
                f"payout {run and run.state}"
            )
            raise
        transaction.set_rollback(True)
