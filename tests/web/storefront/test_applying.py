"""A stranger applies with a cooperative, proves the address, is refused and submits again."""

import re

import pytest
from django.core import mail
from django.test import Client

from marketplace.core.worker import work_off
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import Admission, Cooperative, Invitation, Programme
from vendors.queries import seller_identifiers
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
APPLY = "/ma/fr/apply/"
PASSWORD = "quatre mots de passe"
GIVEN = {
    "programme": "mourafaka", "legal_name": "تعاونية أمل", "legal_name_latin": "COOPERATIVE AMAL",
    "ice": "001234567000089", "register_number": "AGR/12", "sector": "argan",
    "region_code": "MA-09", "place_name": "Tafraout", "name": "Zahra",
    "email": "zahra@example.org", "phone": "",
}  # fmt: skip


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


def mailed_link() -> str:
    (sent,) = [m for m in mail.outbox if m.to == ["zahra@example.org"]]
    found = re.search(r"/ma/fr/apply/\S+/", str(sent.body))
    assert found is not None
    return found[0]


def begun() -> int:
    return Cooperative.objects.crossing(Crossing.POLICY).count()


def test_an_application_begins_by_the_mailed_link(programme: Programme) -> None:
    stranger = Client()
    assert "zahra@example.org" in stranger.post(APPLY, GIVEN).content.decode()
    link = mailed_link()
    assert "COOPERATIVE AMAL" in stranger.get(link).content.decode()
    assert begun() == 0

    invitation = stranger.post(link)["Location"]
    work_off()
    assert len(mail.outbox) == 1
    again = stranger.post(link)["Location"]
    assert begun() == 1
    assert Client().get(invitation).status_code == 410
    given = {"name": "Zahra", "password1": PASSWORD, "password2": PASSWORD}
    landed = stranger.post(again, given)["Location"]
    assert landed == "/portal/cooperative-amal/admission/"
    assert stranger.get(landed).status_code == 200
    assert stranger.post(link).status_code == 410

    own = Cooperative.objects.crossing(Crossing.POLICY).get()
    assert (own.status, own.place_name) == ("draft", "Tafraout")
    known = seller_identifiers(own.pk, own.created_at.date())
    assert known == {"ice": "001234567000089", "rc": "AGR/12"}


def test_staff_see_it_in_their_day_and_may_refuse_it(programme: Programme) -> None:
    stranger = Client()
    stranger.post(APPLY, GIVEN)
    invitation = stranger.post(mailed_link())["Location"]
    stranger.post(invitation, {"name": "Z", "password1": PASSWORD, "password2": PASSWORD})
    office = browser(make.make_staff(programme))
    staff = f"/staff/{programme.slug}/"
    assert "?admission=applied" in office.get(staff).content.decode()
    listed = office.get(f"{staff}cooperatives/?admission=applied").content.decode()
    assert "cooperative-amal" in listed

    page = f"{staff}cooperatives/by-name/cooperative-amal/admission/"
    office.post(f"{page}refuse/", {"reason": "Un doute"})
    admission = Admission.objects.crossing(Crossing.POLICY).get()
    assert admission.state == "refused"
    assert "Un doute" in stranger.get("/portal/cooperative-amal/admission/").content.decode()
    regional = browser(make.make_staff(programme, "regional", regions=("MA-01",)))
    assert regional.get(page).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("website", "x"), ("ice", "12"), ("register_number", "AB123456"), ("email", "zahra"),
        ("legal_name", "Gagnez sur www.example.org"), ("region_code", "TN-11"), ("programme", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_mailed(
    programme: Programme, field: str, value: str
) -> None:
    answer = Client().post(APPLY, GIVEN | {field: value})
    assert answer.status_code == 422
    assert not mail.outbox


@pytest.mark.usefixtures("programme")
def test_a_link_that_was_changed_begins_nothing() -> None:
    Client().post(APPLY, GIVEN)
    link = mailed_link()
    assert Client().post(link[:-3] + "xx/").status_code == 410
    assert begun() == 0
    assert not Invitation.objects.exists()


@pytest.mark.usefixtures("programme")
def test_one_address_cannot_ask_without_end(settings: object) -> None:
    settings.THROTTLES = True  # type: ignore[attr-defined]
    statuses = [Client().post(APPLY, GIVEN).status_code for _ in range(7)]
    assert statuses[:5] == [200] * 5
    assert 429 in statuses or 422 in statuses[5:]
    assert len(mail.outbox) == 5


def test_without_a_programme_nobody_can_apply() -> None:
    assert "<form class" not in Client().get(APPLY).content.decode().split("<main")[1]
