"""Five flows go through the files without turning back; see `tests/rules/flows/tracing.py`."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.rules.flows.five import FLOWS, Shop, open_shop, trace_flow
from tests.rules.flows.tracing import Call, Step
from tests.rules.flows.world import own_database

# How often a flow may return to a file that it left, over all its steps.
RETURNS = {
    "a search": 2,
    # Two of them to the voucher: is it still good, and was it taken with the order.
    "a checkout": 8,
    # All of them where the order's listings are projected.
    "a webhook of Saleor's": 2,
    "a payout run": 11,
    "a change of a listing": 6,
}


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shop]:
    """The shop in a database of its own, where every change is committed."""
    with django_db_blocker.unblock(), own_database(f"flows_{os.getpid()}"):
        yield open_shop()


@pytest.mark.xdist_group("flows")
@pytest.mark.parametrize("name", FLOWS)
def test_a_flow_does_not_turn_back(name: str, shop: Shop) -> None:
    steps = trace_flow(FLOWS[name], shop)

    assert all(step.entered for step in steps)
    returns = [call for step in steps for call in step.returns]
    assert len(returns) <= RETURNS[name], "\n".join(map(str, returns))
    assert [step.entered_often for step in steps if step.entered_often] == []


def step_of(*calls: tuple[str, str, bool]) -> Step:
    """A step of calls from `caller file`, to `file`, by name or not."""
    return Step("", [Call((caller, "f"), file, "g", named) for caller, file, named in calls])


def test_a_second_caller_returns_to_a_file() -> None:
    step = step_of(("", "a", True), ("a", "b", True), ("a", "c", True), ("c", "b", True))

    assert step.entered == ["a", "b", "c"]
    assert [(call.caller[0], call.file) for call in step.returns] == [("c", "b")]


def test_the_same_caller_returns_once_however_often_it_calls() -> None:
    step = step_of(("", "a", True), ("a", "b", True), ("a", "b", True), *[("c", "b", True)] * 3)

    assert len(step.returns) == 1


def test_using_an_object_is_no_return() -> None:
    step = step_of(("", "a", True), ("a", "b", False), ("c", "b", False))

    assert step.entered == ["a", "b"]
    assert step.returns == []


def test_a_third_entry_is_named() -> None:
    step = step_of(("", "a", True), ("b", "a", True), ("c", "a", True))

    assert step.entered_often == {"a": 3}
