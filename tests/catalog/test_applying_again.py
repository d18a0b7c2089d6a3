"""An approved change that the engine does not take: tried ever more rarely, and told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from catalog.models import ListingRevision, RevisionState
from catalog.queries import workbench
from catalog.services import apply_waiting, approve_by_rule, start_listing
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from tests.factories.shop import BY, content
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

pytestmark = pytest.mark.django_db
Failing = Callable[[Exception], list[int]]


@pytest.fixture
def revision(cooperative: Cooperative) -> ListingRevision:
    draft = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=3, by=BY)
    return approve_by_rule(revision=draft, by=BY)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Make the engine fail; the list grows by one at each try."""

    def fail_with(error: Exception) -> list[int]:
        tries: list[int] = []

        def write(*_arguments: object) -> str:
            tries.append(len(tries) + 1)
            raise error

        monkeypatch.setattr("catalog.services.applying.write_product", write)
        return tries

    return fail_with


def run_each_minute(minutes: int) -> None:
    started = timezone.now()
    for minute in range(1, minutes + 1):
        with time_machine.travel(started + timedelta(minutes=minute, seconds=1), tick=False):
            apply_waiting()


def test_what_is_refused_is_tried_ever_more_rarely(
    revision: ListingRevision, failing: Failing
) -> None:
    tries = failing(EngineRefused([{"code": "INVALID", "field": "name", "message": "Too long"}]))

    run_each_minute(60)

    # after 1, 2, 4, 8, 16 and 32 minutes
    assert len(tries) == 6
    revision.refresh_from_db()
    assert (revision.state, revision.apply_attempts) == (RevisionState.APPROVED, 6)
    assert "Too long" not in revision.apply_error
    with translation.override("fr"):
        told = revision.why_not_applied
    assert told.startswith("Nom\u00a0: ")
    assert told.endswith("accepte pas cette valeur.")


def test_an_engine_that_is_unavailable_is_asked_every_few_minutes(
    revision: ListingRevision, failing: Failing
) -> None:
    tries = failing(EngineUnavailable("away"))

    run_each_minute(60)

    # after 1, 2, 4 and then every 8 minutes
    assert len(tries) == 10


def test_what_nobody_expected_rests_too(revision: ListingRevision, failing: Failing) -> None:
    tries = failing(ZeroDivisionError("a fault of ours"))

    run_each_minute(10)

    assert len(tries) == 4
    revision.refresh_from_db()
    assert "did not accept this" in revision.why_not_applied


def test_from_the_third_refusal_on_it_is_told(
    revision: ListingRevision, failing: Failing, cooperative: Cooperative
) -> None:
    failing(EngineRefused([{"code": "INVALID", "field": "name", "message": "Too long"}]))
    scope = CooperativeScope(cooperative.pk)

    run_each_minute(2)
    revision.refresh_from_db()
    assert (revision.is_stuck, workbench.stuck(scope)) == (False, [])

    run_each_minute(5)
    revision.refresh_from_db()
    assert revision.is_stuck
    assert workbench.stuck(scope) == [revision]


def test_once_it_is_taken_nothing_of_it_is_left(
    revision: ListingRevision,
    failing: Failing,
    cooperative: Cooperative,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context():
        failing(EngineUnavailable("away"))
        run_each_minute(3)
    monkeypatch.undo()

    run_each_minute(20)

    revision.refresh_from_db()
    assert (revision.state, revision.apply_error) == (RevisionState.APPLIED, "")
    assert (revision.apply_attempts, revision.apply_after) == (0, None)
    assert workbench.stuck(CooperativeScope(cooperative.pk)) == []
