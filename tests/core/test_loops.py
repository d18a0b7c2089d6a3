"""A loop of several threads: one is on watch, and no work waits while another of them is free."""

import threading
from collections import Counter
from typing import Self

import pytest

from marketplace.core import loops
from marketplace.core.loops import at_once, threads_of
from marketplace.core.wakeups import Wakeups

# What never comes ends a test after so long; what is looked for by itself comes later than that.
PATIENCE, NEVER = 60, 1000.0

pytestmark = pytest.mark.usefixtures("sleepy")


@pytest.fixture
def sleepy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IDLE_SECONDS", "LONGEST_IDLE_SECONDS", "LONGEST_UNHEARD_SECONDS"):
        monkeypatch.setattr(loops, name, NEVER)
    monkeypatch.setattr(loops, "close_old_connections", lambda: None)


class Work:
    """Pieces that wait; each taken by one thread, which is busy until it is let go."""

    __name__ = "working"
    woken_by = ("work",)

    def __init__(self) -> None:
        self.waiting = threading.Semaphore(0)
        self.looked = threading.Semaphore(0)
        self.taken = threading.Semaphore(0)
        self.done = threading.Semaphore(0)
        self.let_go = threading.Event()
        self.looks = Counter[str]()

    def __call__(self) -> int:
        self.looks[threading.current_thread().name] += 1
        found = self.waiting.acquire(blocking=False)
        self.looked.release()
        if not found:
            return 0
        self.taken.release()
        assert self.let_go.wait(PATIENCE)
        self.done.release()
        return 1


class Running:
    """Running threads of a loop, ended with the test."""

    def __init__(self, work: Work, count: int) -> None:
        self.work, self.wakeups, self.stopping = work, Wakeups(), threading.Event()
        self.threads = threads_of(at_once(count, work), self.wakeups, self.stopping)

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        assert self.work.looked.acquire(timeout=PATIENCE)
        return self

    def __exit__(self, *_error: object) -> None:
        self.stopping.set()
        self.work.let_go.set()
        self.wakeups.wake_all()
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self.threads)

    def announce(self, pieces: int) -> None:
        self.work.waiting.release(pieces)
        self.wakeups.wake("work")


def all_of(semaphore: threading.Semaphore, count: int) -> bool:
    return all(semaphore.acquire(timeout=PATIENCE) for _ in range(count))


def test_what_comes_at_once_is_taken_side_by_side() -> None:
    with Running(work := Work(), 4) as running:
        running.announce(4)
        assert all_of(work.taken, 4)


def test_what_comes_while_one_works_is_taken_by_another() -> None:
    with Running(work := Work(), 2) as running:
        running.announce(1)
        assert all_of(work.taken, 1)
        running.announce(1)
        assert all_of(work.taken, 1)


def test_what_comes_while_all_work_is_taken_by_the_first_that_is_free() -> None:
    with Running(work := Work(), 2) as running:
        running.announce(5)
        assert all_of(work.taken, 2)
        work.let_go.set()
        assert all_of(work.done, 5)


def test_only_one_of_them_looks_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with Running(work := Work(), 4):
        assert not work.looked.acquire(timeout=0.3)
    monkeypatch.setattr(loops, "LONGEST_UNHEARD_SECONDS", 0.02)
    with Running(work := Work(), 4) as running:
        assert all_of(work.looked, 20)
        assert work.looked.acquire(timeout=PATIENCE)
        running.announce(4)
        assert all_of(work.taken, 4)


def test_more_of_what_was_found_by_itself_is_looked_for_at_once() -> None:
    work = Work()
    work.let_go.set()
    work.waiting.release(3)
    with Running(work, 1):
        assert all_of(work.done, 3)


class Killed(BaseException):
    """Ends a thread, as what is no error of the work does."""


class KillingWork(Work):
    """The first to look is killed by it."""

    __name__ = "killing"

    def __call__(self) -> int:
        if not self.looks:
            self.looks["killed"] = 1
            self.looked.release()
            raise Killed
        return super().__call__()


def test_after_one_was_killed_the_others_work_on(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _what: killed.set())
    with Running(work := KillingWork(), 3) as running:
        assert killed.wait(PATIENCE)
        running.announce(2)
        assert all_of(work.taken, 2)


class FailingWork(Work):
    """Fails once, which one thread rests after."""

    __name__ = "failing"

    def __call__(self) -> int:
        if not self.looks:
            self.looks["failed"] = 1
            self.looked.release()
            raise ValueError("the engine is away")
        return super().__call__()


def test_while_one_rests_after_an_error_another_works() -> None:
    with Running(work := FailingWork(), 2) as running:
        running.announce(1)
        assert all_of(work.taken, 1)
