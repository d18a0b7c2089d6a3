"""The worker does a job once, with the person's rights of then, and tells how it ended."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone, translation

from marketplace.core.private_files import read_private
from marketplace.long_jobs.jobs import purge
from marketplace.long_jobs.limits import limit
from marketplace.long_jobs.models import JobState, LongJob
from marketplace.long_jobs.services import cancel_job, run_long_jobs
from tests.concurrency import at_once
from tests.factories import vendors as make
from tests.long_jobs.conftest import BEGUN, CALLS, GO_ON, PATIENCE, ask
from vendors.models import Programme, User

pytestmark = pytest.mark.django_db


def content(job: LongJob) -> bytes:
    return b"".join(read_private(job.stored_at(job.attempts)))


def after(job: LongJob) -> LongJob:
    job.refresh_from_db()
    return job


def test_the_result_is_kept_encrypted(person: User, programme: Programme) -> None:
    job = ask(person, programme)

    assert run_long_jobs() == 1
    assert run_long_jobs() == 0

    assert (after(job).state, job.file_name, job.size) == (JobState.DONE, "names.csv", 9)
    assert content(job) == b"far\nnear\n"
    stored = Path(settings.MEDIA_ROOT) / job.stored_at(1)
    assert b"near" not in stored.read_bytes()


def test_it_holds_what_the_person_may_see(programme: Programme) -> None:
    regional = make.make_staff(programme, "regional", regions=("MA-09",))
    job = ask(regional, programme)

    run_long_jobs()

    assert content(after(job)) == b"near\n"
    assert job.covered == {"regions": ["MA-09"], "cooperatives": []}


def test_a_right_lost_while_it_waited_ends_it(person: User, programme: Programme) -> None:
    job = ask(person, programme)
    person.staff_grants.all().delete()

    run_long_jobs()

    assert (after(job).state, job.failure, CALLS) == (JobState.FAILED, "rights", [])
    with translation.override("fr"):
        assert "rôle" in str(job.problem)


def test_an_expected_error_is_told_in_the_language_of_who_asked(
    person: User, programme: Programme
) -> None:
    job = ask(person, programme, "refuse")

    run_long_jobs()

    assert (after(job).failure, job.problem) == ("told", "There is nothing of 2026.")


def test_an_unexpected_error_is_told_without_our_words(person: User, programme: Programme) -> None:
    job = ask(person, programme, "break_down")

    run_long_jobs()

    assert after(job).failure == "unexpected"
    assert "secret" not in str(job.problem)
    assert str(job.problem)


@pytest.mark.django_db(transaction=True)
def test_several_workers_never_do_the_same_twice(person: User, programme: Programme) -> None:
    years = [str(year) for year in range(2000, 2008)]
    for year in years:
        ask(person, programme, parameters={"year": year})

    def work_off() -> None:
        while run_long_jobs():
            pass

    assert at_once(*[work_off] * 4) == []
    while run_long_jobs():
        pass

    assert sorted(CALLS) == years
    assert set(LongJob.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


@pytest.mark.django_db(transaction=True)
def test_it_says_how_far_it_is_and_stops_when_cancelled(person: User, programme: Programme) -> None:
    job = ask(person, programme, "wait")
    worker = in_a_thread()
    assert BEGUN.wait(PATIENCE)
    assert (after(job).state, job.done, job.total) == (JobState.RUNNING, 1, 3)

    assert cancel_job(job=job, by=person.actor)
    # asked for again, it waits until the first has stopped
    second = ask(person, programme, "wait")
    assert second != job
    assert run_long_jobs() == 0
    GO_ON.set()
    worker.join(PATIENCE)

    assert after(job).state == JobState.CANCELLED
    assert CALLS == ["wait"]
    assert run_long_jobs() == 1
    assert after(second).state == JobState.DONE
    assert not cancel_job(job=second, by=person.actor)


def in_a_thread() -> threading.Thread:
    def work() -> None:
        try:
            run_long_jobs()
        finally:
            connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    return worker


def test_what_waits_is_cancelled_at_once(person: User, programme: Programme) -> None:
    job = ask(person, programme)

    assert cancel_job(job=job, by=person.actor)

    assert run_long_jobs() == 0
    assert (after(job).state, CALLS) == (JobState.CANCELLED, [])


def test_results_are_deleted_after_their_days(person: User, programme: Programme) -> None:
    old, fresh, waiting = (
        ask(person, programme, parameters={"year": year}) for year in ("2024", "2025", "2026")
    )
    assert run_long_jobs() + run_long_jobs() == 2
    over = timezone.now() - timedelta(days=limit("days_kept"), minutes=1)
    LongJob.objects.filter(pk=old.pk).update(finished_at=over, asked_at=over)
    LongJob.objects.filter(pk=waiting.pk).update(asked_at=over)

    purge()

    assert {job.pk for job in LongJob.objects.all()} == {fresh.pk, waiting.pk}
    assert not (Path(settings.MEDIA_ROOT) / old.stored_at(1)).exists()
    assert content(after(fresh)) == b"far\nnear\n"
