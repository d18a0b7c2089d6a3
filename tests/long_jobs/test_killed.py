"""A worker killed by force: its job is taken up once more, and then given up."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.db import connections
from django.utils import translation

from marketplace.long_jobs.kinds import Kind, Result, Work
from marketplace.long_jobs.models import JobState, LongJob
from marketplace.long_jobs.services import run_long_jobs
from tests.long_jobs import conftest
from tests.long_jobs.conftest import PATIENCE, ask
from vendors.models import Programme, User

pytestmark = pytest.mark.django_db(transaction=True)


def hang(work: Work) -> Result:
    """Says that it has begun, and never ends while the file that lets it go is missing."""
    folder = Path(work.parameters["folder"])
    work.progress(1, 2)
    work.target.write(b"begun ")
    (folder / "begun").touch()
    deadline = time.monotonic() + PATIENCE
    while not (folder / "go").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    work.target.write(b"ended")
    return Result("hang.txt", "text/plain")


@pytest.fixture
def job(
    person: User, programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> LongJob:
    monkeypatch.setitem(conftest.KINDS, "hang", Kind(f"{__name__}.hang", "hang"))
    return ask(person, programme, "hang", parameters={"folder": str(tmp_path)})


def kill_a_worker(folder: Path) -> None:
    """Let a process of its own begin the job, and kill it by force."""
    (folder / "begun").unlink(missing_ok=True)
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            run_long_jobs()
        finally:
            os._exit(1)
    deadline = time.monotonic() + PATIENCE
    while not (folder / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert run_long_jobs() == 0, "two at once"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def until_the_lock_is_free(job: LongJob) -> int:
    """The server notices that a killed client has gone."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if run_long_jobs():
            return 1
        job.refresh_from_db()
        if not job.is_active:
            return 0
        time.sleep(0.02)
    raise AssertionError("nobody took it up")


def test_it_is_taken_up_once_more(job: LongJob, tmp_path: Path) -> None:
    kill_a_worker(tmp_path)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    (tmp_path / "go").touch()

    assert until_the_lock_is_free(job) == 1

    job.refresh_from_db()
    assert (job.state, job.attempts, job.size) == (JobState.DONE, 2, len("begun ended"))


def test_what_kills_two_workers_is_given_up(job: LongJob, tmp_path: Path) -> None:
    kill_a_worker(tmp_path)
    wait_until_noticed()
    kill_a_worker(tmp_path)

    assert until_the_lock_is_free(job) == 0

    assert (job.state, job.failure) == (JobState.FAILED, "interrupted")
    with translation.override("en"):
        assert "twice" in str(job.problem)


def wait_until_noticed() -> None:
    """Until no other connection holds a lock of work."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                "WHERE locktype = 'advisory' AND datname = current_database()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)
    raise AssertionError("the lock of a killed worker stays")
