"""Kill a payday at every boundary in turn, each time in the same world, and finish it after.

The world's rows are kept beside its tables and put back for each attempt: a database for each would
take 1.4 seconds of processor time, for it has some thousand files.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connections

from marketplace.core.database import DatabaseAddress
from marketplace.core.roles import connect_as_owner
from tests import databases, kept_worlds
from tests.fakes.stripe import FakeStripe
from tests.payouts.killed.boundaries import Boundaries
from tests.payouts.killed.payday import Payday
from tests.payouts.killed.process import in_child

FUNDS = 1_000_000
# What a killed process was at, the server may not have noticed yet.
END_OTHERS = """
SELECT bool_and(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity
WHERE datname = current_database() AND pid != pg_backend_pid() AND backend_type = 'client backend'
"""


class Harness:
    """``empty`` is a migrated database without rows; the world is made in a copy of it."""

    def __init__(self, empty: DatabaseAddress, payday: Payday) -> None:
        self.empty, self.payday = empty, payday
        self.world = empty.at(f"{empty.name}_world")
        self.kept: kept_worlds.Filled = []

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Make the world once, and keep its rows."""
        connections.close_all()
        databases.drop(self.world)
        databases.copy(self.empty, self.world.name)
        try:
            if self.payday.stripe is not None:
                self.payday.stripe.fund(FUNDS, "eur")
            # Here, not in a child: Stripe's accounts are made with it.
            self._inside(self.payday.make_world)
            connections.close_all()
            databases.use(self.empty)
            self.kept = kept_worlds.keep(self.world, "world")
            yield
        finally:
            connections.close_all()
            databases.drop(self.world)

    def count(self) -> list[str]:
        """The sides of the boundaries that a payday without trouble passes, in their order."""
        with TemporaryDirectory() as folder, self._attempt():
            noted = Path(folder) / "sides"

            def whole() -> None:
                boundaries = Boundaries()
                with boundaries.watching():
                    self.payday.finish()
                self.payday.must_hold()
                noted.write_text("\n".join(boundaries.passed))

            assert in_child(lambda: self._inside(whole))
            self.payday.must_hold_outside()
            return noted.read_text().splitlines()

    def kill_at(self, side: int) -> None:
        """Kill at a side, come back and finish, and look at everything."""

        def half() -> None:
            with Boundaries(side).watching():
                self.payday.finish()

        def rest() -> None:
            self.payday.finish()
            self.payday.must_hold()

        with self._attempt():
            assert not in_child(lambda: self._inside(half))
            assert in_child(lambda: self._inside(rest))
            self.payday.must_hold_outside()

    @contextmanager
    def _attempt(self) -> Iterator[None]:
        """The world as it was made, and what Stripe knew then."""
        fake = self.payday.stripe
        before = _memory(fake)
        connections.close_all()
        with connect_as_owner(self.world) as connection:
            connection.execute(END_OTHERS)
        databases.empty(self.world)
        kept_worlds.put_back(self.world, "world", self.kept)
        yield
        _remember(fake, before)

    def _inside(self, act: Callable[[], None]) -> None:
        databases.use(self.world)
        act()


def _memory(fake: FakeStripe | None) -> object:
    return None if fake is None else copy.deepcopy((vars(fake.books), fake._responses))


def _remember(fake: FakeStripe | None, memory: object) -> None:
    if fake is not None and isinstance(memory, tuple):
        vars(fake.books).update(memory[0])
        fake._responses = memory[1]
