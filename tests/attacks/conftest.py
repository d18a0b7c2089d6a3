"""A running demo that all attacks share, somebody who attacks it, a record of what was tried."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks.recorder import Tried, recorder
from tests.attacks.visitor import Visitor
from tests.demos import Demo, free_port, start_demo, stop_demo


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All attacks share one demo, so they stay in one test process."""
    for item in items:
        if "tests/attacks" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("attacks"))


@pytest.fixture(scope="session")
def attacked() -> Iterator[Demo]:
    """A demo with the first cooperatives and their listings, stopped at the end.

    While writing an attack, ``TWIZA_ATTACKED_DEMO=<port>:<folder>`` uses one that runs already.
    """
    if known := os.environ.get("TWIZA_ATTACKED_DEMO"):
        port, _, folder = known.partition(":")
        yield Demo(int(port), Path(folder), None, "")
        return
    with tempfile.TemporaryDirectory(prefix="twiza-attacks-") as folder:
        running = start_demo(Path(folder) / "world", free_port(), {"TWIZA_DEMO_SIZE": "open"})
        yield running
        stop_demo(running)


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Tried:
    """Record a line: what was tried, and what came of it."""
    return recorder(request)


@pytest.fixture
def visitor(attacked: Demo) -> Iterator[Callable[[], Visitor]]:
    """Makes visitors, each with cookies and an address of its own."""
    visitors: list[Visitor] = []

    def new() -> Visitor:
        visitors.append(Visitor(attacked))
        return visitors[-1]

    yield new
    for one in visitors:
        one.close()
