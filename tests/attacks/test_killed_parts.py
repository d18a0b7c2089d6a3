"""A part of the service that is killed comes back, and takes nothing else with it."""

import os
import signal
import time
from collections.abc import Callable

import httpx

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor
from tests.demos import Demo, processes_of, web_server

PATIENCE_SECONDS = 180


def until_it_answers(visitor: Visitor, path: str) -> set[str]:
    """Ask until the page comes; what was answered before that."""
    before: set[str] = set()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            status = visitor.get(path).status_code
        except httpx.TransportError as error:
            before.add(type(error).__name__)
        else:
            if status == 200:
                return before
            before.add(str(status))
        time.sleep(0.1)
    raise AssertionError(f"{path} did not come back; before that: {before}")


def ids(demo: Demo, *words: str) -> set[int]:
    return {
        pid
        for pid, line in processes_of(demo.folder).items()
        if all(word in line for word in words)
    }


def kill(pids: set[int]) -> None:
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_the_web_server_killed_with_its_workers_or_alone(
    attacked: Demo, visitor: Callable[[], Visitor], tried: Tried
) -> None:
    somebody = visitor()
    main, workers = web_server(attacked.folder)
    kill(workers)
    tried("a web worker killed; answers until it was back", until_it_answers(somebody, "/ma/fr/"))
    kill({main})
    tried("the web server killed; answers until then", until_it_answers(somebody, "/ma/fr/"))
    assert not ids(attacked, "granian") & {main, *workers}


def test_the_database_killed(attacked: Demo, visitor: Callable[[], Visitor], tried: Tried) -> None:
    somebody = visitor()
    kill({int((attacked.folder / "postgres" / "postmaster.pid").read_text().split()[0])})
    answers = until_it_answers(somebody, "/ma/fr/")
    tried("PostgreSQL killed; answers until it was back", answers)
    assert answers <= {"503"}
    assert somebody.sign_in("buyer@twiza.example").status_code == 302


def test_the_worker_killed(attacked: Demo, tried: Tried) -> None:
    before = ids(attacked, "marketplace worker")
    kill(before)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ids(attacked, "marketplace worker") - before and time.monotonic() < deadline:
        time.sleep(0.1)
    tried("the worker killed; another one runs", bool(ids(attacked, "marketplace worker")))
    assert ids(attacked, "marketplace worker") - before
