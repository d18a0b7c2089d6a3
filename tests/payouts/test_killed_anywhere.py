"""Killed -9 before and after every commit and every call of the provider: everybody paid once.

A payday runs in a forked process with a database of its own, real commits and, for Stripe, a server
that outlives it. It is run once to find the boundaries, then once for each of their two sides.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests import databases
from tests.fakes.stripe import FakeStripe
from tests.payouts.killed.harness import Harness
from tests.payouts.killed.payday import bank_batch, stripe_transfer
from tests.payouts.killed.service import served
from tests.turns import todays


@pytest.fixture(autouse=True)
def real_connections(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Databases of our own beside that of the other tests, to which we come back."""
    own = settings.DATABASE_ADDRESS
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        databases.use(own)


def walk(harness: Harness) -> list[str]:
    with harness.ready():
        sides = harness.count()
        for number in todays(range(1, len(sides) + 1), 3):
            harness.kill_at(number)
    return sides


def test_a_bank_batch_killed_at_every_boundary_pays_everybody_once() -> None:
    sides = walk(Harness(settings.DATABASE_ADDRESS, bank_batch()))
    assert sides.count("before commit") >= 5


def test_stripe_transfers_killed_at_every_boundary_pay_everybody_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = FakeStripe()
    monkeypatch.setattr(settings, "STRIPE_SECRET_KEY", "sk_test_fake")
    with served(fake) as address:
        monkeypatch.setattr(settings, "STRIPE_API_BASE", address)
        sides = walk(Harness(settings.DATABASE_ADDRESS, stripe_transfer(fake)))
    assert sides.count("before call") == 2
    assert sides.count("before commit") >= 7
