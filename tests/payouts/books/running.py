"""Running sequences: how many, with which seed."""

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.payouts.books.machine import BooksMachine

# Steps after the first sale and its payment; a sequence also hears what is late at its end.
STEPS = 6


def run_sequences(count: int, *, seeded: int | None = None) -> None:
    """Try so many sequences; raises with the shortest that breaks the books."""
    if seeded is not None:
        seed(seeded)(BooksMachine)
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
