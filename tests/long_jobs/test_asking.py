"""Asking for long work: with a right, once at a time, not without end."""

from collections.abc import Iterator

import pytest

from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import AuditEntry
from marketplace.long_jobs.errors import TooManyJobs
from marketplace.long_jobs.limits import limit
from marketplace.long_jobs.models import JobState, LongJob
from marketplace.long_jobs.services import ask_again, cancel_job, run_long_jobs
from tests.concurrency import at_once
from tests.factories import vendors as make
from tests.long_jobs.conftest import CALLS, ask
from vendors.models import Programme, User

pytestmark = pytest.mark.django_db


def test_what_is_under_way_is_not_begun_again(person: User, programme: Programme) -> None:
    first = ask(person, programme)

    assert ask(person, programme) == first
    assert ask(person, programme, parameters={"year": "2025"}) != first
    # another person's is another job: it is done with other rights
    assert ask(make.make_staff(programme, "observer"), programme) != first

    while run_long_jobs():
        pass
    assert ask(person, programme) != first
    assert AuditEntry.objects.filter(action="long_job.ask").count() == 4


@pytest.mark.django_db(transaction=True)
def test_asked_for_at_the_same_moment_it_is_one_job(person: User, programme: Programme) -> None:
    raised = at_once(*[lambda: ask(person, programme)] * 6)

    assert raised == []
    assert LongJob.objects.count() == 1
    assert AuditEntry.objects.filter(action="long_job.ask").count() == 1


def test_a_stranger_and_a_role_without_the_right_ask_for_nothing(programme: Programme) -> None:
    with pytest.raises(NotFound):
        ask(make.make_user(), programme)
    with pytest.raises(Forbidden):
        ask(make.make_staff(programme, "finance_preparer"), programme)
    regional = make.make_staff(programme, "regional", regions=("MA-09",))
    with pytest.raises(Forbidden):
        ask(regional, programme, reach="programme")
    with pytest.raises(NotFound):
        ask(make.make_user(), programme, reach="shop", permission="product:assign")
    assert not LongJob.objects.exists()


def test_who_administers_the_shop_needs_no_role_in_a_programme(programme: Programme) -> None:
    administrator = make.make_shop_administrator()

    job = ask(administrator, programme, "wait", reach="shop", permission="product:assign")

    assert job.state == JobState.WAITING


def test_an_unknown_kind_is_an_error_of_the_code(person: User, programme: Programme) -> None:
    with pytest.raises(LookupError):
        ask(person, programme, "sing")


def years() -> Iterator[dict[str, str]]:
    return ({"year": str(year)} for year in range(2000, 2100))


def test_one_person_has_only_so_many_waiting(person: User, programme: Programme) -> None:
    some = years()
    mine = [ask(person, programme, parameters=next(some)) for _ in range(limit("active_of_one"))]

    with pytest.raises(TooManyJobs, match=str(len(mine))):
        ask(person, programme, parameters=next(some))
    # one that waits already is still found, and one less makes room
    assert ask(person, programme, parameters=mine[0].parameters) == mine[0]
    assert cancel_job(job=mine[0], by=person.actor)
    assert ask(person, programme, parameters=next(some)).state == JobState.WAITING


def test_once_more_is_the_same_work_with_the_rights_of_now(
    person: User, programme: Programme
) -> None:
    job = ask(person, programme)
    cancel_job(job=job, by=person.actor)

    second = ask_again(job=job, by=person.actor)

    assert second != job
    assert run_long_jobs() == 1
    assert CALLS == ["2026"]
    person.staff_grants.all().delete()
    with pytest.raises(NotFound):
        ask_again(job=job, by=person.actor)
