"""Kill a payday at every boundary in turn, each in a world of its own, and finish it after."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connections

from marketplace.core.database import DatabaseAddress
from tests import databases
from tests.fakes.stripe import FakeStripe
from tests.payouts.killed.boundaries import Boundaries
from tests.payouts.killed.payday import Payday
from tests.payouts.killed.process import in_child

FUNDS = 1_000_000


class Harness:
    """``empty`` is a migrated database without rows; worlds are copies of it."""

    def __init__(self, empty: DatabaseAddress, payday: Payday) -> None:
        self.empty, self.payday = empty, payday
        self.world, self.attempt = f"{empty.name}_world", f"{empty.name}_attempt"

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Make the world once; every attempt gets a copy of it, rights included.

        It is made under the name of an attempt, as the roles have that name: making roles and
        granting rights for each attempt anew would take as long as a copy.
        """
        connections.close_all()
        self._drop_all()
        databases.copy(self.empty, self.attempt)
        try:
            if self.payday.stripe is not None:
                self.payday.stripe.fund(FUNDS, "eur")
            # In a child, so that no connection of ours keeps the world from being copied.
            self._with(self.attempt, self.payday.make_world)
            self._say(f'ALTER DATABASE "{self.attempt}" RENAME TO "{self.world}"')
            yield
        finally:
            connections.close_all()
            self._drop_all()

    def count(self) -> list[str]:
        """The sides of the boundaries that a payday without trouble passes, in their order."""
        with TemporaryDirectory() as folder, self._attempt() as name:
            noted = Path(folder) / "sides"

            def whole() -> None:
                boundaries = Boundaries()
                with boundaries.watching():
                    self.payday.finish()
                self.payday.must_hold()
                noted.write_text("\n".join(boundaries.passed))

            assert in_child(lambda: self._in(name, whole))
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

        with self._attempt() as name:
            assert not in_child(lambda: self._in(name, half))
            assert in_child(lambda: self._in(name, rest))
            self.payday.must_hold_outside()

    @contextmanager
    def _attempt(self) -> Iterator[str]:
        """A copy of the world, and of what Stripe knew when it was made."""
        fake = self.payday.stripe
        before = _memory(fake)
        connections.close_all()
        self._say(f'CREATE DATABASE "{self.attempt}" TEMPLATE "{self.world}"')
        try:
            yield self.attempt
        finally:
            connections.close_all()
            self._say(f'DROP DATABASE "{self.attempt}" WITH (FORCE)')
        _remember(fake, before)

    def _with(self, name: str, act: Callable[[], None]) -> None:
        """The world is made here, not in a child: Stripe's accounts are made with it."""
        self._in(name, act)
        connections.close_all()
        databases.use(self.empty)

    def _in(self, name: str, act: Callable[[], None]) -> None:
        databases.use(self.empty.at(name))
        act()

    def _say(self, statement: str) -> None:
        databases.execute(self.empty, statement)

    def _drop_all(self) -> None:
        """The world first: in it the roles of the attempts have rights."""
        for name in (self.world, self.attempt):
            databases.drop(self.empty.at(name))


def _memory(fake: FakeStripe | None) -> object:
    return None if fake is None else copy.deepcopy((vars(fake.books), fake._responses))


def _remember(fake: FakeStripe | None, memory: object) -> None:
    if fake is not None and isinstance(memory, tuple):
        vars(fake.books).update(memory[0])
        fake._responses = memory[1]
