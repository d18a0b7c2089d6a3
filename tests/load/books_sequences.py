"""Try very many sequences of everything that can happen to the books (see tests/payouts/books).

Runs in a database of its own on the embedded PostgreSQL, in chunks, each with its own seed, and
notes after each how far it came: started again with the same state file it goes on from there.

    python -m tests.load.books_sequences --sequences 100000 --seed 7 --state sequences.json
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
import django

django.setup()

import time_machine  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connections, transaction  # noqa: E402

from marketplace.core.roles import connect_as_owner  # noqa: E402
from tests import databases  # noqa: E402
from tests.payouts.books.machine import BooksMachine  # noqa: E402
from tests.payouts.books.running import run_sequences  # noqa: E402
from tests.payouts.books.world import STARTS, make_books_world  # noqa: E402

CHUNK = 250


@dataclass
class State:
    """How far a trial came."""

    seed: int
    wanted: int
    done: int = 0
    seconds: float = 0.0
    # How often each step was taken.
    steps: dict[str, int] = field(default_factory=dict)


def main() -> None:
    """Run what is missing and print the summary."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sequences", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--state", type=Path, required=True)
    asked = parser.parse_args()
    state = State(asked.seed, asked.sequences)
    if asked.state.exists():
        state = State(**json.loads(asked.state.read_text(encoding="utf-8")))
        state.wanted = asked.sequences
    with own_database():
        while state.done < state.wanted:
            run_chunk(state)
            asked.state.write_text(json.dumps(asdict(state)), encoding="utf-8")
            print(summary(state).partition("\n")[0], flush=True)
    print(summary(state))


def run_chunk(state: State) -> None:
    """The next sequences, on books that are empty again."""
    count = min(CHUNK, state.wanted - state.done)
    started = time.monotonic()
    with transaction.atomic():
        with time_machine.travel(STARTS, tick=False):
            BooksMachine.world = make_books_world()
        run_sequences(count, seeded=state.seed * 1_000_000 + state.done)
        transaction.set_rollback(True)
    state.done += count
    for step, times in BooksMachine.taken.items():
        state.steps[step] = state.steps.get(step, 0) + times
    BooksMachine.taken.clear()
    state.seconds += time.monotonic() - started
    with connect_as_owner(settings.DATABASE_ADDRESS) as owner:
        owner.execute("VACUUM")


def summary(state: State) -> str:
    """Seed, sequences, steps by kind, time; it is only written when nothing was found."""
    kinds = sorted(state.steps.items(), key=lambda kind: (-kind[1], kind[0]))
    return (
        f"seed {state.seed}: {state.done} of {state.wanted} sequences, "
        f"{sum(state.steps.values())} steps, findings: none, {state.seconds:.0f} s\n"
        + ", ".join(f"{step} {times}" for step, times in kinds)
    )


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database that is dropped in the end."""
    server = databases.server()
    address = databases.copy(
        databases.at(server, databases.template(server)), f"test_{os.getpid()}"
    )
    databases.use(address)
    try:
        yield
    finally:
        connections.close_all()
        databases.drop(address)


if __name__ == "__main__":
    main()
