"""The staff's frame, overview, cooperatives and people."""

from datetime import date

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from marketplace.core.actors import Actor
from marketplace.web.navigation import links
from marketplace.web.staff.context import SECTIONS
from tests.factories import vendors as make
from tests.web.browsers import browser
from tests.web.second_factor import with_code
from vendors import queries, services
from vendors.models import Cooperative, Programme, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
RIB = "011519000001205000534921"


PAGES = [
    "",
    "cooperatives/",
    "cooperatives/register/",
    "cooperatives/by-name/near/",
    "cooperatives/by-name/near/pause/",
    "people/",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_coordinator_opens_every_page_in_every_language(
    programme: Programme, own: Cooperative, page: str, language: str
) -> None:
    answer = browser(make.make_staff(programme), language).get(f"/staff/mourafaka/{page}")

    assert answer.status_code == 200
    assert " style=" not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_strangers_find_nothing(own: Cooperative, page: str) -> None:
    path = f"/staff/mourafaka/{page}"
    other = make.make_staff(make.make_programme("tahwissa"))

    assert browser(make.make_member(own)).get(path).status_code == 404
    assert browser(other).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_an_observer_reads_but_does_not_act(programme: Programme, own: Cooperative) -> None:
    observer = browser(make.make_staff(programme, "observer"))

    statuses = {page: observer.get(f"/staff/mourafaka/{page}").status_code for page in PAGES}

    assert statuses == {
        "": 200,
        "cooperatives/": 200,
        "cooperatives/register/": 403,
        "cooperatives/by-name/near/": 200,
        "cooperatives/by-name/near/pause/": 403,
        "people/": 403,
    }
    assert observer.post("/staff/mourafaka/cooperatives/by-name/near/publish/").status_code == 403


def test_an_adviser_sees_cooperatives_of_their_regions_only(
    programme: Programme, own: Cooperative
) -> None:
    make.make_published("far", region="MA-01", name="Loin")
    adviser = browser(make.make_staff(programme, "regional", regions=("MA-09",)))

    page = adviser.get("/staff/mourafaka/cooperatives/").content.decode()

    assert "/by-name/near/" in page
    assert "/by-name/far/" not in page
    assert adviser.get("/staff/mourafaka/cooperatives/by-name/far/").status_code == 404
    far = "/staff/mourafaka/cooperatives/by-name/far/"
    for act in ("publish/", "pause/", "members/", "account/confirm/"):
        assert adviser.post(f"{far}{act}", {"reason": "x"}).status_code == 404
    assert queries.public_profile("far", "fr") is not None


def test_an_adviser_registers_in_their_region_only(programme: Programme) -> None:
    adviser = browser(make.make_staff(programme, "regional", regions=("MA-09",)))
    answers = {
        "legal_name": "تعاونية أيت باها",
        "legal_name_latin": "COOPERATIVE AIT BAHA",
        "slug": "ait-baha",
        "kind": "women",
        "sector": "argan",
        "region_code": "MA-01",
        "place_name": "Aït Baha",
        "address_line": "Centre",
        "member_count": "12",
        "women_count": "12",
    }

    refused = adviser.post("/staff/mourafaka/cooperatives/register/", answers)
    assert refused.status_code == 200
    answers["region_code"] = "MA-09"
    made = adviser.post("/staff/mourafaka/cooperatives/register/", answers)

    assert made["Location"] == "/staff/mourafaka/cooperatives/by-name/ait-baha/"
    row = Cooperative.objects.crossing(Crossing.POLICY).get()
    assert (row.slug, row.region_code, row.status, row.payout_currency) == (
        "ait-baha",
        "MA-09",
        "draft",
        "MAD",
    )
    assert adviser.post("/staff/mourafaka/cooperatives/register/", answers).status_code == 200


@pytest.mark.parametrize(
    ("region", "answers", "told"),
    [
        ("MA-09", {"postal_code": "ABC"}, "53000"),
        ("MA-09", {"phone": "21 612 345"}, "06 50 12 34 56"),
        ("MA-09", {"place_name": "123"}, "Entrez le nom"),
        ("TN-11", {"phone": "21 612 34"}, "20 123 456"),
        ("TN-11", {"postal_code": "53000"}, "1002"),
    ],
)
def test_a_wrong_number_or_address_is_not_registered(
    programme: Programme, coordinator: Client, region: str, answers: dict[str, str], told: str
) -> None:
    programme.country_codes = ["MA", "TN"]
    programme.save()
    given = {
        "legal_name": "X", "legal_name_latin": "X", "slug": "x", "kind": "women",
        "sector": "argan", "region_code": region, "place_name": "X", "address_line": "Centre",
        "member_count": "2", "women_count": "2", **answers,
    }  # fmt: skip

    page = coordinator.post("/staff/mourafaka/cooperatives/register/", given)

    assert told in page.content.decode()
    assert not Cooperative.objects.crossing(Crossing.POLICY).exists()


def test_publishing_without_a_name_says_why(programme: Programme, coordinator: Client) -> None:
    draft = make.make_cooperative(programme, "draft")

    page = coordinator.post("/staff/mourafaka/cooperatives/by-name/draft/publish/", follow=True)

    assert page.status_code == 200
    assert queries.public_profile(draft.slug, "fr") is None


def test_pausing_asks_why_and_publishing_ends_it(own: Cooperative, coordinator: Client) -> None:
    path = "/staff/mourafaka/cooperatives/by-name/near/"

    assert coordinator.post(f"{path}pause/", {"reason": ""}).status_code == 200
    assert queries.public_profile("near", "fr") is not None
    coordinator.post(f"{path}pause/", {"reason": "moving"})
    assert queries.public_profile("near", "fr") is None
    coordinator.post(f"{path}publish/")
    assert queries.public_profile("near", "fr") is not None


def test_marks_and_accounts_are_verified_by_staff(own: Cooperative, coordinator: Client) -> None:
    mark = services.add_certification(
        cooperative=own, mark="IGP", name="Argane", valid_from=date(2020, 1, 1), by=BY
    )
    services.set_bank_account(
        cooperative=own, holder_name="C", number=RIB, by=make.make_user().actor
    )
    path = "/staff/mourafaka/cooperatives/by-name/near/"

    overview = coordinator.get("/staff/mourafaka/").content.decode()
    assert "waiting=account" in overview
    listed = coordinator.get("/staff/mourafaka/cooperatives/?waiting=account").content.decode()
    assert "/by-name/near/" in listed
    coordinator.post(f"{path}marks/{mark.pk}/verify/")
    person = User.objects.get(pk=coordinator.session["_auth_user_id"])
    with_code(coordinator, person, minutes_ago=16)
    coordinator.post(f"{path}account/confirm/")
    assert queries.payout_account(own.pk) is None
    with_code(coordinator, person)
    coordinator.post(f"{path}account/confirm/")

    profile = queries.public_profile("near", "fr")
    assert profile is not None
    assert [m.name for m in profile.certifications] == ["Argane"]
    assert queries.payout_account(own.pk) is not None
    # A click too many: said in words, and nothing happens.
    assert coordinator.post(f"{path}account/confirm/").status_code == 302


def test_a_mark_of_another_cooperative_is_not_verified_here(
    own: Cooperative, coordinator: Client
) -> None:
    other = make.make_published("other")
    mark = services.add_certification(
        cooperative=other, mark="IGP", name="x", valid_from=date(2020, 1, 1), by=BY
    )

    path = f"/staff/mourafaka/cooperatives/by-name/near/marks/{mark.pk}/verify/"
    assert coordinator.post(path).status_code == 404
    mark.refresh_from_db(from_queryset=type(mark).objects.within(other.scope))
    assert mark.verified_at is None


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("books/", "payouts/"),
        ("books/chart/", "payouts/"),
        ("commission/", "payouts/"),
        ("reconciliation/", "payouts/"),
        ("papers/statements/", "payouts/"),
        ("papers/invoices/", "payouts/"),
        ("payouts/cooperatives/", "payouts/"),
        ("adoption/", "adoption/"),
        ("adoption/given/", "cooperatives/"),
        ("refunds/bank/", "refunds/"),
        ("papers/statements-views/", "payouts/"),
        ("papers/identifiers/tiznit-weavers/", "cooperatives/"),
        ("follow/", ""),
        ("", ""),
    ],
)
def test_the_menu_shows_where_one_is(programme: Programme, page: str, section: str) -> None:
    request = RequestFactory().get(f"/staff/{programme.slug}/{page}")
    sections = links(
        SECTIONS,
        {"programme": programme.slug},
        path=request.path,
        allowed=frozenset(each.permission for each in SECTIONS),
        of_page=resolve(request.path).kwargs,
    )
    assert [link.url for link in sections if link.current] == [f"/staff/{programme.slug}/{section}"]


def test_no_section_is_marked_for_who_does_not_see_it(programme: Programme) -> None:
    sections = links(
        SECTIONS,
        {"programme": programme.slug},
        path=f"/staff/{programme.slug}/deliveries/files/",
        allowed=frozenset({"programme:read", "payout:read"}),
    )
    assert len(sections) == 2
    assert [link.url for link in sections if link.current] == []
