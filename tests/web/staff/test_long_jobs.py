"""Pages of what a person asked for: progress, cancel, result; nobody else's, and not for ever."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.long_jobs.models import JobState, LongJob
from marketplace.long_jobs.services import run_long_jobs
from tests.factories import vendors as make
from tests.long_jobs.conftest import ask, kinds, person, programme
from tests.web.browsers import browser
from vendors.models import Programme, StaffGrant, User

pytestmark = pytest.mark.django_db

__all__ = ["kinds", "person", "programme"]


def at(job: LongJob, name: str = "job") -> str:
    return reverse(f"staff:{name}", kwargs={"programme": job.programme.slug, "job_id": job.pk})


def test_it_waits_with_a_bar_and_refreshes_by_itself(person: User, programme: Programme) -> None:
    job = ask(person, programme)
    LongJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=1200, total=5000)

    page = browser(person).get(at(job))

    assert page["Refresh"] == "3"
    html = page.content.decode()
    assert '<progress max="5000" value="1200"' in html
    assert "1\u202f200" in html
    assert at(job, "job-cancel") in html
    assert "Names 2026" in html


def test_when_it_is_done_the_file_comes_and_is_noted(person: User, programme: Programme) -> None:
    job = ask(person, programme)
    client = browser(person)
    run_long_jobs()

    # the bell says so until the person has looked
    bell = 'href="/staff/mourafaka/tasks/"'
    assert bell in client.get(reverse("staff:overview", args=[programme.slug])).content.decode()
    page = client.get(at(job))
    assert "Refresh" not in page
    assert at(job, "job-file") in page.content.decode()
    job.refresh_from_db()
    assert job.seen_at is not None

    file = client.get(at(job, "job-file"))
    assert file.getvalue() == b"far\nnear\n"
    assert 'filename="names.csv"' in file["Content-Disposition"]
    assert file["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(action="long_job.download", subject_id=job.pk).count() == 1


def test_nobody_else_finds_it(person: User, programme: Programme) -> None:
    job = ask(person, programme)
    run_long_jobs()
    for other in (make.make_staff(programme, "coordinator"), make.make_shop_administrator()):
        client = browser(other)
        for name in ("job", "job-file"):
            assert client.get(at(job, name)).status_code == 404
        for name in ("job-cancel", "job-again"):
            assert client.post(at(job, name)).status_code == 404
        listed = client.get(reverse("staff:jobs", args=[programme.slug]))
        assert str(job.pk) not in listed.content.decode()
    assert LongJob.objects.get().state == JobState.DONE


def test_who_lost_the_right_meanwhile_gets_nothing(person: User, programme: Programme) -> None:
    job = ask(person, programme)
    run_long_jobs()
    client = browser(person)
    StaffGrant.objects.filter(user=person).update(role="finance_preparer")
    make.grant_to(person, programme, "finance_approver")

    assert client.get(at(job)).status_code == 403
    assert client.get(at(job, "job-file")).status_code == 403
    assert client.post(at(job, "job-again")).status_code == 403

    StaffGrant.objects.filter(user=person).delete()
    assert client.get(at(job, "job-file")).status_code == 404
    assert not AuditEntry.objects.filter(action="long_job.download").exists()


def test_who_sees_fewer_regions_now_gets_no_file_of_the_others(programme: Programme) -> None:
    regional = make.make_staff(programme, "regional", regions=("MA-08", "MA-09"))
    job = ask(regional, programme)
    run_long_jobs()
    client = browser(regional)
    assert client.get(at(job, "job-file")).getvalue() == b"far\nnear\n"

    StaffGrant.objects.filter(user=regional).update(region_codes=["MA-09"])

    refused = client.get(at(job, "job-file"), follow=True)
    assert b"near" not in refused.content
    assert "rôle a changé" in refused.content.decode()


def test_cancel_and_try_again(person: User, programme: Programme) -> None:
    job = ask(person, programme)
    client = browser(person)

    assert client.get(at(job, "job-cancel")).status_code == 405
    client.post(at(job, "job-cancel"))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    page = client.get(at(job)).content.decode()
    assert at(job, "job-again") in page

    answer = client.post(at(job, "job-again"))
    second = LongJob.objects.exclude(pk=job.pk).get()
    assert answer["Location"] == at(second)
    run_long_jobs()
    assert client.get(at(second, "job-file")).status_code == 200


def test_a_failure_says_why_and_what_to_do(person: User, programme: Programme) -> None:
    job = ask(person, programme, "refuse")
    run_long_jobs()

    page = browser(person).get(at(job)).content.decode()

    assert "There is nothing of 2026." in page
    assert at(job, "job-again") in page


def test_a_kind_of_an_earlier_version_is_still_listed(person: User, programme: Programme) -> None:
    job = ask(person, programme)
    LongJob.objects.filter(pk=job.pk).update(
        kind="gone", state=JobState.CANCELLED, finished_at=timezone.now()
    )
    client = browser(person)

    assert "antérieure" in client.get(at(job)).content.decode()
    assert client.post(at(job, "job-again")).status_code == 404


def test_the_list_is_paginated(person: User, programme: Programme, client: Client) -> None:
    LongJob.objects.bulk_create(
        LongJob(
            kind="count",
            parameters={"year": str(number)},
            programme=programme,
            asked_by=person,
            permission="cooperative:read",
            reach="regions",
            language="fr",
            fingerprint=str(number),
            state=JobState.FAILED,
            failure="unexpected",
            asked_at=timezone.now(),
            finished_at=timezone.now(),
        )
        for number in range(30)
    )
    address = reverse("staff:jobs", args=[programme.slug])
    first = browser(person).get(address).content.decode()
    second = browser(person).get(address, {"page": "2"}).content.decode()

    assert first.count("Names ") == 25
    assert second.count("Names ") == 5
    assert client.get(address).status_code == 302
