"""An adviser's cooperatives by what each lacks, and the visits that are logged."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.core.errors import Forbidden
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import (
    Cooperative,
    CooperativeDocument,
    DocumentRequirement,
    Programme,
    StaffGrant,
    User,
    Visit,
)
from vendors.services import VisitFacts, correct_visit, log_visit
from vendors.visit_errors import SessionNumber, VisitInFuture, VisitTooOld

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Cooperative:
    return make.make_cooperative(make.make_programme())


@pytest.fixture
def adviser(own: Cooperative) -> User:
    return make.make_adviser(own)


@pytest.fixture
def phone(adviser: User) -> Client:
    return browser(adviser, "en")


def page(own: Cooperative, name: str, **kwargs: object) -> str:
    return reverse(f"staff:{name}", kwargs={"programme": own.programme.slug, **kwargs})


def facts(**changes: object) -> VisitFacts:
    given: dict[str, object] = {
        "visited_on": timezone.localdate(), "kind": "call", "done": "Prices of honey",
    }  # fmt: skip
    return VisitFacts(**{**given, **changes})  # type: ignore[arg-type]


def test_an_adviser_finds_their_own_cooperatives_by_what_they_lack(
    phone: Client, own: Cooperative
) -> None:
    make.make_cooperative(own.programme, "another")

    answer = phone.get(page(own, "advised"))

    shown = answer.content.decode()
    (row,) = answer.context["list"].page.object_list
    assert row.pk == own.pk
    assert "no product in the shop" in shown
    assert "no confirmed bank account" in shown
    assert f"/portal/{own.slug}/" in shown
    assert own.legal_name in phone.get(page(own, "advised") + "?lack=listing").content.decode()
    for other in ("lack=stock", "lack=orders", "lack=document", "lack=admission", "visits=late"):
        assert not phone.get(f"{page(own, 'advised')}?{other}").context["list"].page.object_list


def test_the_frame_says_a_role_of_many_cooperatives_once(
    phone: Client, own: Cooperative, adviser: User
) -> None:
    another = make.make_cooperative(own.programme, "another")
    grant = StaffGrant.objects.get(user=adviser)
    grant.pk, grant.cooperative = None, another
    grant.save()

    answer = phone.get(page(own, "advised"))

    assert len(answer.context["list"].page.object_list) == 2
    assert f"{adviser} (adviser)" in answer.content.decode()


def test_it_is_the_first_page_of_an_adviser(phone: Client, own: Cooperative) -> None:
    assert phone.get("/accounts/home/")["Location"] == page(own, "advised")


def test_a_visit_is_logged_on_the_phone_and_moves_the_next_session(
    phone: Client, own: Cooperative, adviser: User
) -> None:
    path = page(own, "visit-log", slug=own.slug)
    assert phone.get(path).context["form"].initial["session_number"] == 1
    today = timezone.localdate()
    sent = phone.post(
        path,
        {
            "visited_on": today.isoformat(), "kind": "session", "session_number": "1",
            "done": "Photographs", "next_step": "Labels",
            "next_on": (today - timedelta(days=1)).isoformat(),
        },
    )  # fmt: skip

    assert sent.status_code == 302
    visit = Visit.objects.within(own.scope).get()
    assert (visit.kind_label, visit.by) == ("individual session 1 of 12", adviser)
    assert phone.get(path).context["form"].initial["session_number"] == 2
    assert phone.get(page(own, "advised") + "?visits=late").context["list"].page.object_list
    assert "Photographs" in phone.get(page(own, "visits")).content.decode()


def test_a_session_needs_its_number(phone: Client, own: Cooperative) -> None:
    refused = phone.post(
        page(own, "visit-log", slug=own.slug),
        {"visited_on": timezone.localdate().isoformat(), "kind": "session", "done": "x"},
    )
    assert refused.status_code == 422
    assert "Choose which of the 12" in refused.content.decode()


def test_a_corrected_visit_keeps_what_it_said(
    phone: Client, own: Cooperative, adviser: User
) -> None:
    visit = log_visit(cooperative=own, facts=facts(), by=adviser.actor)
    same = {"visited_on": visit.visited_on.isoformat(), "kind": "call", "done": "Prices of saffron"}

    phone.post(page(own, "visit-correct", visit_id=visit.pk), same)
    phone.post(page(own, "visit-correct", visit_id=visit.pk), same)

    shown = phone.get(page(own, "visit", visit_id=visit.pk)).content.decode()
    assert "Prices of saffron" in shown
    assert "Prices of honey" in shown
    assert visit.versions.count() == 1


def test_a_visit_is_corrected_by_its_author_for_a_week(own: Cooperative, adviser: User) -> None:
    visit = log_visit(cooperative=own, facts=facts(), by=adviser.actor)
    with pytest.raises(Forbidden):
        correct_visit(visit=visit, facts=facts(), by=make.make_staff(own.programme).actor)
    with time_machine.travel(timezone.now() + timedelta(days=8)), pytest.raises(VisitTooOld):
        correct_visit(visit=visit, facts=facts(), by=adviser.actor)


def test_impossible_visits_are_refused(own: Cooperative, adviser: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)
    with pytest.raises(VisitInFuture):
        log_visit(cooperative=own, facts=facts(visited_on=tomorrow), by=adviser.actor)
    for wrong in ({"kind": "session", "session_number": 13}, {"session_number": 1}):
        with pytest.raises(SessionNumber):
            log_visit(cooperative=own, facts=facts(**wrong), by=adviser.actor)


def test_members_do_not_read_visits(own: Cooperative, adviser: User) -> None:
    visit = log_visit(cooperative=own, facts=facts(), by=adviser.actor)
    member = browser(make.make_member(own))
    assert member.get(page(own, "visit", visit_id=visit.pk)).status_code == 404


def test_documents_and_steps_are_read_on_the_day_of_the_programme(
    own: Cooperative, adviser: User
) -> None:
    """At noon in UTC the fourth has begun where the programme is."""
    needed = DocumentRequirement.objects.create(
        programme=own.programme, name_ar="x", name_fr="x", name_en="x", expires=True,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    CooperativeDocument.objects.create(
        cooperative=own, requirement=needed, content_type="application/pdf", size=1,
        expires_on=date(2031, 12, 3),
    )  # fmt: skip
    with time_machine.travel(datetime(2031, 11, 3, 12, tzinfo=UTC)):
        given = facts(next_step="Labels", next_on=date(2031, 11, 3))
        log_visit(cooperative=own, facts=given, by=adviser.actor)
        client = browser(adviser, "en")

        def found(query: str) -> int:
            answer = client.get(f"{page(own, 'advised')}?{query}")
            return len(answer.context["list"].page.object_list)

        asked = ("lack=document", "visits=late")
        assert [found(query) for query in asked] == [0, 0]
        Programme.objects.update(time_zone="Pacific/Kiritimati")
        assert [found(query) for query in asked] == [1, 1]
