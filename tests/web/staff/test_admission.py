"""A cooperative is invited, fills in its checklist, and the programme decides."""

import re

import pytest
from django.core import mail
from django.test import Client

from marketplace.core.models import SentMail
from marketplace.core.worker import work_off
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import Admission, Cooperative, Programme, User
from vendors.queries import current_enrolment, seller_identifiers, tax_status_on
from vendors.scoping import Crossing
from vendors.services import set_bank_account

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots de passe"
INVITED = {
    "legal_name": "تعاونية أمل", "region_code": "MA-09", "name": "Zahra",
    "email": "zahra@example.org", "language": "ar", "phase": "2", "tranche": "2026-B",
    "adviser_name": "Najat", "adviser_phone": "0612345678",
}  # fmt: skip
IDENTITY = {
    "legal_name": "تعاونية أمل", "legal_name_latin": "COOPERATIVE AMAL", "kind": "women",
    "sector": "argan", "founded_year": "2015", "ice": "001234567000089", "if": "12345678",
    "rc": "AGR/123", "tp": "",
}  # fmt: skip
PLACE = {
    "commune": "تفراوت", "place_name": "Tafraout", "place_name_ar": "تفراوت",
    "address_line": "Centre", "postal_code": "85450",
}  # fmt: skip
MEMBERS = {"women_under_35": "7", "women_35_to_59": "١٢", "men_under_35": "1"}


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


@pytest.fixture
def office(programme: Programme) -> Client:
    return browser(make.make_staff(programme))


TAFRAOUT = ("09.581.03.11", True)


def own() -> Cooperative:
    found: Cooperative = Cooperative.objects.crossing(Crossing.POLICY).get()
    return found


def link_in(address: str) -> str:
    (sent,) = [m for m in mail.outbox if m.to == [address]]
    found = re.search(r"/accounts/invitations/[\w/-]+/", str(sent.body))
    assert found is not None
    return found[0]


def accept(link: str) -> tuple[Client, str]:
    newcomer = Client()
    given = {"name": "Zahra", "password1": PASSWORD, "password2": PASSWORD}
    answer = newcomer.post(link, given)
    return newcomer, answer["Location"]


def fill_in(phone: Client, page: str) -> None:
    for item, given in (("identity", IDENTITY), ("place", PLACE), ("members", MEMBERS)):
        answer = phone.post(f"{page}{item}/", given)
        assert answer.status_code == 302, answer.context["form"].errors


def add_account(cooperative: Cooperative) -> None:
    manager = User.objects.get(email="zahra@example.org")
    set_bank_account(
        cooperative=cooperative, holder_name="COOPERATIVE AMAL",
        number="011 519 0000012050005349 21", by=manager.actor,
    )  # fmt: skip


def test_from_the_invitation_to_an_open_shop(programme: Programme, office: Client) -> None:
    answer = office.post(f"/staff/{programme.slug}/cooperatives/invite/", INVITED)
    assert answer.status_code == 302, answer.context["form"].errors
    work_off()
    cooperative = own()
    assert cooperative.status == "draft"

    phone, landed = accept(link_in("zahra@example.org"))
    page = f"/portal/{cooperative.slug}/admission/"
    assert landed == page
    shown = phone.get(page)
    assert [item.code for item in shown.context["items"] if item.missing] == [
        "identity", "place", "members", "account",
    ]  # fmt: skip
    assert "Najat" in shown.content.decode()
    assert page in phone.get(f"/portal/{cooperative.slug}/").content.decode()

    phone.post(f"{page}submit/")
    assert Admission.objects.within(cooperative.scope).get().state == "open"
    fill_in(phone, page)
    add_account(cooperative)
    phone.post(f"{page}submit/")
    assert Admission.objects.within(cooperative.scope).get().state == "submitted"
    cooperative = own()
    assert (cooperative.member_count, cooperative.women_count) == (20, 19)
    assert (cooperative.commune_code, cooperative.is_rural) == TAFRAOUT

    decision = f"/staff/{programme.slug}/cooperatives/by-name/{cooperative.slug}/admission/"
    assert "001234567000089" in office.get(decision).content.decode()
    overview = office.get(f"/staff/{programme.slug}/").content.decode()
    assert "?admission=submitted" in overview
    unsaid = office.post(f"{decision}approve/", {"tax": "ma-cooperative", "source": ""})
    assert unsaid.status_code == 200
    assert own().status == "draft"
    office.post(f"{decision}approve/", {"tax": "ma-cooperative", "source": "statutes"})
    cooperative = own()
    assert cooperative.status == "active"
    assert cooperative.published_at is not None
    day = cooperative.published_at.date()
    enrolment, tax = current_enrolment(cooperative.pk), tax_status_on(cooperative.pk, day)
    assert enrolment is not None
    assert enrolment.phase == 2
    assert tax is not None
    assert tax.exemption_code == "ma-cooperative"
    assert seller_identifiers(cooperative.pk, day)["rc"] == "AGR/123"
    assert cooperative.texts.get(language="fr").name == "COOPERATIVE AMAL"
    assert cooperative.texts.get(language="ar").name == "تعاونية أمل"


def submitted(programme: Programme, office: Client) -> tuple[Client, str, str]:
    office.post(f"/staff/{programme.slug}/cooperatives/invite/", INVITED)
    work_off()
    phone, page = accept(link_in("zahra@example.org"))
    fill_in(phone, page)
    add_account(own())
    phone.post(f"{page}submit/")
    staff = f"/staff/{programme.slug}/cooperatives/by-name/{own().slug}/admission/"
    work_off()
    mail.outbox.clear()
    return phone, page, staff


def test_remarks_stand_beside_the_fields_and_it_is_submitted_again(
    programme: Programme, office: Client
) -> None:
    phone, page, staff = submitted(programme, office)
    assert phone.get(f"{page}identity/").status_code == 302
    phone.post(f"{page}identity/", IDENTITY | {"sector": "food"})
    assert own().sector == "argan"

    office.post(f"{staff}return/", {"text": "Presque", "remark_ice": "Il manque un chiffre"})
    work_off()
    (told,) = [m for m in mail.outbox if m.to == ["zahra@example.org"]]
    assert "Presque" in told.body
    assert page in told.body
    assert "Il manque un chiffre" in phone.get(f"{page}identity/").content.decode()
    assert "Il manque un chiffre" in phone.get(page).content.decode()

    phone.post(f"{page}identity/", IDENTITY | {"ice": "001234567000090"})
    phone.post(f"{page}submit/")
    shown = office.get(staff)
    assert [step.kind for step in shown.context["steps"]] == [
        "invited", "submitted", "returned", "submitted",
    ]  # fmt: skip
    assert all(step.by for step in shown.context["steps"])


def test_a_refusal_says_why_and_can_be_answered(programme: Programme, office: Client) -> None:
    phone, page, staff = submitted(programme, office)
    assert office.post(f"{staff}refuse/", {"reason": ""}).status_code == 200
    office.post(f"{staff}refuse/", {"reason": "Pas encore enregistrée"})
    work_off()
    assert "Pas encore enregistrée" in phone.get(page).content.decode()
    assert any("Pas encore enregistrée" in m.body for m in mail.outbox)
    publish = f"/staff/{programme.slug}/cooperatives/by-name/{own().slug}/publish/"
    office.post(publish)
    assert own().status == "draft"
    phone.post(f"{page}submit/")
    assert Admission.objects.within(own().scope).get().state == "submitted"


def test_what_cannot_be_is_said_beside_its_field(programme: Programme, office: Client) -> None:
    office.post(f"/staff/{programme.slug}/cooperatives/invite/", INVITED)
    work_off()
    phone, page = accept(link_in("zahra@example.org"))
    wrong = IDENTITY | {"ice": "12", "rc": "AB123456", "founded_year": "2999"}
    errors = phone.post(f"{page}identity/", wrong).context["form"].errors
    assert set(errors) == {"ice", "rc"}
    assert own().legal_name_latin == ""
    answer = phone.post(f"{page}identity/", IDENTITY | {"founded_year": "2999"})
    errors = answer.context["form"].errors
    assert set(errors) == {"founded_year"}
    for name in ("Paris", "Ta"):
        answer = phone.post(f"{page}place/", PLACE | {"commune": name})
        assert set(answer.context["form"].errors) == {"commune"}


def test_two_clicks_invite_once(programme: Programme, office: Client) -> None:
    for _ in range(2):
        answer = office.post(f"/staff/{programme.slug}/cooperatives/invite/", INVITED)
    assert set(answer.context["form"].errors) == {"legal_name"}
    assert Cooperative.objects.crossing(Crossing.POLICY).count() == 1


def test_who_has_a_phone_only_names_an_address(
    programme: Programme, office: Client, settings: object
) -> None:
    settings.TEXT_SENDER = "marketplace.core.text_senders.OutboxSender"  # type: ignore[attr-defined]
    given = INVITED | {"email": "", "phone": "0661234567"}
    assert office.post(f"/staff/{programme.slug}/cooperatives/invite/", given).status_code == 302
    work_off()
    text = SentMail.objects.get(recipient="+212661234567").text
    link = re.search(r"/accounts/invitations/phone/[\w-]+/", text)
    assert link is not None
    stranger = Client()
    assert stranger.get(link[0]).status_code == 200
    answer = stranger.post(link[0], {"email": "zahra@example.org"})
    assert "zahra@example.org" in answer.content.decode()
    work_off()
    _phone, landed = accept(link_in("zahra@example.org"))
    assert landed.endswith("/admission/")
    assert stranger.get(link[0]).status_code == 410


def test_another_region_is_not_invited_from_here(programme: Programme) -> None:
    regional = browser(make.make_staff(programme, "regional", regions=("MA-01",)))
    answer = regional.post(f"/staff/{programme.slug}/cooperatives/invite/", INVITED)
    assert set(answer.context["form"].errors) == {"region_code"}
    assert not Admission.objects.crossing(Crossing.POLICY).exists()
