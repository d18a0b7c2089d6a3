"""A person of staff, and kinds of work that tests steer."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from marketplace.core.errors import TwizaError
from marketplace.long_jobs.kinds import Kind, Result, Work
from marketplace.long_jobs.models import LongJob
from marketplace.long_jobs.services import ask_for
from tests.factories import vendors as make
from vendors.models import Cooperative, Programme, User

PATIENCE = 60
BEGUN, GO_ON = threading.Event(), threading.Event()
CALLS: list[str] = []


class Refused(TwizaError):
    """An expected error of the work."""

    message = "There is nothing of %(year)s."


def count(work: Work) -> Result:
    """A file with the names of all cooperatives that the person may see."""
    CALLS.append(work.parameters.get("year", ""))
    rows = Cooperative.objects.within(work.access.scope).order_by("slug")
    names = list(rows.values_list("slug", flat=True))
    for place, name in enumerate(names, start=1):
        work.progress(place, len(names))
        work.target.write(f"{name}\n".encode())
    return Result("names.csv", "text/csv; charset=utf-8")


def wait(work: Work) -> None:
    """Work that goes on until it is cancelled or let go."""
    CALLS.append("wait")
    work.progress(1, 3)
    BEGUN.set()
    GO_ON.wait(PATIENCE)
    work.progress(2, 3)
    CALLS.append("went on")


def refuse(work: Work) -> None:
    raise Refused(year=work.parameters["year"])


def break_down(_work: Work) -> None:
    raise RuntimeError("a secret of ours")


KINDS = {
    name: Kind(f"tests.long_jobs.conftest.{name}", "Names %(year)s" if name == "count" else name)
    for name in ("count", "wait", "refuse", "break_down")
}


@pytest.fixture(autouse=True)
def kinds(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.LONG_KINDS = "tests.long_jobs.conftest.KINDS"
    monkeypatch.setattr("marketplace.long_jobs.services.running.PROGRESS_SECONDS", 0)
    CALLS.clear()
    BEGUN.clear()
    GO_ON.clear()
    yield
    GO_ON.set()


@pytest.fixture
def programme(db: None) -> Programme:
    made = make.make_programme()
    make.make_cooperative(made, "near", region="MA-09")
    make.make_cooperative(made, "far", region="MA-08")
    return made


@pytest.fixture
def person(programme: Programme) -> User:
    return make.make_staff(programme, "observer")


def ask(person: User, programme: Programme, kind: str = "count", **facts: Any) -> LongJob:
    given = {"permission": "cooperative:read", "parameters": {"year": "2026"}} | facts
    return ask_for(kind=kind, programme=programme, by=person.actor, **given)
