"""The doctor: what is broken is named with its remedy, and a watching program hears of it."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from marketplace.core import backlog, checks, checkup, schedule
from marketplace.core.actors import Actor
from marketplace.core.checkup import Finding, Mark, examine, worst
from marketplace.core.models import DomainEvent, EventDelivery, JobRun
from marketplace.core.schedule import Job, missed_jobs, run_and_note
from marketplace.jobs import JOBS
from marketplace.payouts import checks as payout_checks
from marketplace.saleor import setup
from marketplace.saleor.models import InboxMessage, SweepRun
from tests.fakes.embedded import install

pytestmark = pytest.mark.django_db


def found(check: str) -> list[Finding]:
    return [finding for finding in examine() if finding.check == check]


def marks(check: str) -> list[Mark]:
    return [finding.mark for finding in found(check)]


def run(*words: str) -> str:
    out = StringIO()
    call_command("doctor", *words, stdout=out)
    return out.getvalue()


def a_worker_lives() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def all_jobs_ran(ago: timedelta = timedelta()) -> None:
    at = timezone.now() - ago
    JobRun.objects.bulk_create(JobRun(name=j.path, started_at=at, succeeded_at=at) for j in JOBS)


def test_a_new_service_is_told_what_is_missing_and_what_to_do() -> None:
    with pytest.raises(CommandError, match=r"\d things need somebody"):
        run()

    told = {f.check: f for f in examine() if f.mark == Mark.BROKEN}
    assert set(told) == {"worker", "installation", "store"}
    assert "twiza worker" in told["worker"].remedy
    assert "twiza saleor install" in told["installation"].remedy


def test_a_service_in_order_is_called_well_and_the_command_succeeds() -> None:
    install()
    setup.apply(by=Actor.system("test"))
    a_worker_lives()
    all_jobs_ran()

    told = json.loads(run("--json"))

    assert {row["mark"] for row in told} <= {"good", "warning"}
    assert {row["check"] for row in told} >= {"database", "worker", "jobs", "store", "books"}
    assert "ok" in run()
    with pytest.raises(CommandError):
        run("--strict")  # nothing has come from the engine, and letters are kept in tests


def test_a_job_that_has_not_run_for_long_is_broken_and_says_when_it_last_did() -> None:
    all_jobs_ran(ago=timedelta(days=3))

    late = found("jobs")

    assert len(late) == len(JOBS)
    assert {finding.mark for finding in late} == {Mark.BROKEN}
    assert f"{timezone.localtime(JobRun.objects.first().succeeded_at):%Y-%m-%d}" in late[0].message  # type: ignore[union-attr]


def upgraded(ago: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    then = timezone.now() - ago
    for module in (checks, payout_checks):
        monkeypatch.setattr(module, "last_upgrade", lambda: then)


def test_a_job_that_has_not_had_its_turn_yet_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.last_upgrade() is not None
    upgraded(timedelta(minutes=10), monkeypatch)
    late = {finding.message for finding in found("jobs") if finding.mark == Mark.WARNING}
    assert any("catalog.jobs.quick_sweep" in message for message in late)  # every two minutes
    assert not any("search.jobs.compare" in message for message in late)  # every night
    assert marks("reconciliation") == [Mark.GOOD]

    upgraded(timedelta(days=2), monkeypatch)
    late = {finding.message for finding in found("jobs") if finding.mark == Mark.WARNING}
    assert any("search.jobs.compare" in message for message in late)
    assert marks("reconciliation") == [Mark.WARNING]


def test_a_job_missed_while_no_worker_ran_is_made_up_for() -> None:
    assert missed_jobs(timezone.now()) == []
    all_jobs_ran(ago=timedelta(hours=12))
    missed = missed_jobs(timezone.now())
    assert "catalog.jobs.quick_sweep" in missed
    assert "marketplace.payouts.jobs.reconcile" not in missed


def test_a_demo_that_keeps_its_letters_is_in_order(settings: Any) -> None:
    settings.DEMO = True
    assert marks("mail") == [Mark.GOOD]
    settings.DEMO = False
    assert marks("mail") == [Mark.WARNING]


def test_names_and_findings_do_not_run_into_each_other() -> None:
    a_worker_lives()
    with suppress(CommandError):
        out = StringIO()
        call_command("doctor", stdout=out)
    for finding in examine():
        assert f"{finding.check}  " in out.getvalue() or f"{finding.check} " in out.getvalue()


def test_a_job_that_fails_is_told_with_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError("no such carrier")

    all_jobs_ran(ago=timedelta(days=3))
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "import_string", lambda _path: fail)
        with pytest.raises(ValueError, match="carrier"):
            run_and_note(JOBS[0].path)

    (failing,) = [finding for finding in found("jobs") if "no such carrier" in finding.message]
    assert failing.mark == Mark.BROKEN

    monkeypatch.setattr(schedule, "import_string", lambda _path: lambda: None)
    run_and_note(JOBS[0].path)
    assert JobRun.objects.get(name=JOBS[0].path).last_error == ""


def test_a_job_that_failed_in_an_outage_is_told_until_it_has_run_again() -> None:
    all_jobs_ran()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
            "VALUES ('events', %s, 'failed')",
            [JOBS[0].path],
        )
    failed_at = timezone.now()
    JobRun.objects.filter(name=JOBS[0].path).update(failed_at=failed_at)
    assert [one.message for one in found("jobs") if "permanently" in one.message] == [
        "Jobs failed permanently: 1."
    ]
    later = failed_at + timedelta(seconds=1)
    JobRun.objects.filter(name=JOBS[0].path).update(succeeded_at=later)
    assert not [one for one in found("jobs") if "permanently" in one.message]


def test_every_job_of_the_clock_can_be_found() -> None:
    for job in JOBS:
        assert callable(schedule.import_string(job.path))
        assert isinstance(job, Job)


def test_messages_that_wait_long_or_are_tried_in_vain_are_told() -> None:
    assert marks("webhooks") == [Mark.GOOD, Mark.WARNING]
    message = InboxMessage.objects.create(
        event="order_created", body_hash="1", body={}, next_attempt_at=timezone.now()
    )
    assert marks("webhooks") == [Mark.GOOD]

    InboxMessage.objects.update(received_at=timezone.now() - timedelta(minutes=6))
    assert marks("webhooks") == [Mark.WARNING]

    message.attempts = backlog.MANY_ATTEMPTS
    message.save()
    assert marks("webhooks") == [Mark.BROKEN]


def test_facts_that_no_handler_can_take_are_told() -> None:
    fact = DomainEvent.objects.create(
        name="X", aggregate_type="x", aggregate_id="0" * 32, payload={}, occurred_at=timezone.now()
    )
    EventDelivery.objects.create(event=fact, handler="h", aggregate_key="x", attempts=9)
    assert marks("events") == [Mark.BROKEN]


def test_a_sweep_says_when_it_last_ended_and_what_it_repaired() -> None:
    now = timezone.now()
    SweepRun.objects.create(name="orders", started_at=now, finished_at=now, repaired=3)
    (finding,) = found("sweeps")
    assert finding.mark == Mark.GOOD
    assert "3" in finding.message

    SweepRun.objects.create(name="orders", started_at=timezone.now(), last_error="refused")
    assert marks("sweeps") == [Mark.BROKEN]


def test_a_check_that_fails_is_a_finding_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def clock() -> Iterator[Finding]:
        raise OSError("no clock here")
        yield

    monkeypatch.setattr(checks, "clock", clock)
    assert marks("clock") == [Mark.BROKEN]
    assert marks("database") == [Mark.GOOD]


def test_disks_are_looked_at_while_the_database_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert [finding.check for finding in examine()][:2] == ["database", "disk"]


def test_one_check_can_be_asked_alone() -> None:
    a_worker_lives()
    assert [row["check"] for row in json.loads(run("--only", "worker", "--json"))] == ["worker"]
    with pytest.raises(CommandError, match="Known: database, letters"):
        run("--only", "weather")


def test_a_finding_is_called_as_its_check() -> None:
    assert {finding.check for finding in examine()} <= set(checkup.names())


def test_the_gravest_mark_counts() -> None:
    assert worst([]) == Mark.GOOD
    assert worst([checkup.warning("a", "b", "c"), checkup.good("a", "b")]) == Mark.WARNING
