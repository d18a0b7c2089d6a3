"""A long job that somebody stops while it runs."""

from collections.abc import Callable

import pytest

from marketplace.long_jobs.services import running


def run_and_stop(monkeypatch: pytest.MonkeyPatch, stop: Callable[[], object]) -> None:
    """Run the long jobs; ``stop`` is called as soon as one tells that something is done."""
    wanted = running._Teller._is_wanted

    def stop_after_one(teller: running._Teller, done: int, total: int) -> bool:
        if done:
            stop()
        return wanted(teller, done, total)

    with monkeypatch.context() as patched:
        patched.setattr(running, "PROGRESS_SECONDS", 0.0)
        patched.setattr(running._Teller, "_is_wanted", stop_after_one)
        running.run_long_jobs()
