"""The loader goes on where it was stopped, and never begins its world anew."""

from datetime import datetime

import pytest

from marketplace.demo import loader
from marketplace.demo.loader import Stage
from marketplace.demo.models import DemoProgress
from marketplace.demo.progress import LABELS
from marketplace.saleor.errors import EngineUnavailable

pytestmark = pytest.mark.django_db


class FakeStage:
    """Makes numbers; may be killed in the middle."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []
        self.worlds: set[datetime] = set()
        self.dies_at: int | None = None

    def make(self, first: int, last: int, begun_at: datetime) -> None:
        if self.dies_at == first:
            raise KeyboardInterrupt
        self.ranges.append((first, last))
        self.worlds.add(begun_at)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> FakeStage:
    found = FakeStage()
    opening = Stage("opening", 4, 2, found.make)
    stages = (opening, Stage("rest", 5, 2, found.make))
    monkeypatch.setattr(loader, "STAGES", stages)
    monkeypatch.setattr(loader, "LABELS", {"opening": "Opening", "rest": "Rest"})
    monkeypatch.setattr(loader, "OPENING", 1)
    return found


def test_every_stage_is_called_something_in_the_order_of_its_making() -> None:
    assert list(LABELS) == [stage.name for stage in loader.STAGES]


def test_the_shop_opens_with_the_first_stages_only(stage: FakeStage) -> None:
    said: list[str] = []

    loader.open_shop(progress=said.append)

    assert stage.ranges == [(0, 2), (2, 4)]
    assert said == ["Opening …"]
    assert DemoProgress.objects.get(pk="rest").done == 0


def test_a_killed_loader_goes_on_where_it_stopped(stage: FakeStage) -> None:
    # given
    stage.dies_at = 2
    with pytest.raises(KeyboardInterrupt):
        loader.open_shop()
    stage.dies_at = None

    # when
    loader.open_shop()
    loader.open_shop()

    # then
    assert stage.ranges == [(0, 2), (2, 4)]
    assert len(stage.worlds) == 1


def test_a_busy_engine_is_asked_again(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    # given an engine that does not answer once
    busy = [True]
    monkeypatch.setattr(loader, "PAUSES_SECONDS", (0, 0))
    make = stage.make

    def sometimes(first: int, last: int, begun_at: datetime) -> None:
        if busy:
            busy.pop()
            raise EngineUnavailable
        make(first, last, begun_at)

    opening = Stage("opening", 4, 2, sometimes)
    monkeypatch.setattr(loader, "STAGES", (opening, *loader.STAGES[1:]))
    monkeypatch.setattr(loader, "LABELS", {**LABELS, "opening": "Opening"})

    loader.open_shop()

    assert stage.ranges == [(0, 2), (2, 4)]


def test_the_worker_fills_the_rest_in_steps_and_then_rests(stage: FakeStage) -> None:
    loader.open_shop()

    assert [loader.fill_world() for _ in range(5)] == [2, 2, 1, 0, 0]
    assert stage.ranges[2:] == [(0, 2), (2, 4), (4, 5)]
    assert DemoProgress.objects.get(pk="rest").percent == 100
