"""The portal's frame, today's page, the profile and the bank account."""

import pytest
from django.test import Client

from marketplace.core.actors import Actor
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors import services
from vendors.models import Cooperative, CooperativeText

pytestmark = pytest.mark.django_db
RIB = "011519000001205000534921"


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


@pytest.fixture
def manager(own: Cooperative) -> Client:
    return browser(make.make_member(own))


PAGES = ["", "profile/", "profile/texts/ar/", "profile/bank-account/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_manager_opens_every_page_in_every_language(
    own: Cooperative, page: str, language: str
) -> None:
    answer = browser(make.make_member(own), language).get(f"/portal/{own.slug}/{page}")

    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert " style=" not in html
    assert "onclick" not in html


@pytest.mark.parametrize("page", PAGES)
def test_who_else_may_open_them(own: Cooperative, page: str) -> None:
    stranger = make.make_member(make.make_cooperative(own.programme, "other"))
    staff = make.make_staff(own.programme)
    path = f"/portal/{own.slug}/{page}"

    assert browser(stranger).get(path).status_code == 404
    assert browser(staff).get(path).status_code == 404
    assert Client().get(path).status_code == 302
    seller = browser(make.make_member(own, "seller")).get(path)
    assert seller.status_code == (200 if page == "" else 403)
    accountant = browser(make.make_member(own, "accountant")).get(path)
    assert accountant.status_code == (
        403 if page.startswith(("profile/t",)) or page == "profile/" else 200
    )


def test_a_cooperative_that_does_not_exist_looks_like_another_ones(manager: Client) -> None:
    assert manager.get("/portal/nobody/").status_code == 404


def test_today_shows_no_money_to_a_seller(own: Cooperative) -> None:
    page = browser(make.make_member(own, "seller")).get(f"/portal/{own.slug}/")

    assert f"/portal/{own.slug}/money/" not in page.content.decode()


def test_today_names_the_adviser(own: Cooperative, manager: Client) -> None:
    from datetime import date

    services.enrol(
        cooperative=own,
        phase=2,
        from_on=date(2026, 1, 1),
        adviser_name="Khadija",
        adviser_phone="+212600000000",
        by=Actor.system("test"),
    )

    page = manager.get(f"/portal/{own.slug}/").content.decode()

    assert 'href="tel:+212600000000"' in page
    assert "Khadija" in page


def test_a_manager_writes_the_story(own: Cooperative, manager: Client) -> None:
    answer = manager.post(
        f"/portal/{own.slug}/profile/texts/ar/",
        {"name": "تامونت", "tagline": "زيت أركان", "story": "قصة"},
    )

    assert answer.status_code == 302
    text = CooperativeText.objects.within(own.scope).get(language="ar")
    assert (text.name, text.story) == ("تامونت", "قصة")


def test_a_text_without_name_is_sent_back_with_words(own: Cooperative, manager: Client) -> None:
    answer = manager.post(f"/portal/{own.slug}/profile/texts/ar/", {"name": ""})

    assert answer.status_code == 200
    assert not CooperativeText.objects.within(own.scope).filter(language="ar").exists()


def test_an_unknown_language_is_no_page(own: Cooperative, manager: Client) -> None:
    assert manager.get(f"/portal/{own.slug}/profile/texts/xx/").status_code == 404


def test_a_manager_changes_the_promise(own: Cooperative, manager: Client) -> None:
    manager.post(
        f"/portal/{own.slug}/profile/",
        {"phone": "٠٦٦١٢٢٣٣٤٤", "email": "", "handling_days": "5"},
    )

    own.refresh_from_db(from_queryset=Cooperative.objects.within(own.scope))
    assert (own.handling_days, own.phone) == (5, "+212661223344")
    assert 'value="06 61 22 33 44"' in manager.get(f"/portal/{own.slug}/profile/").content.decode()


def test_a_contact_number_of_no_country_is_refused_with_an_example(
    own: Cooperative, manager: Client
) -> None:
    html = manager.post(
        f"/portal/{own.slug}/profile/", {"phone": "06 61", "email": "", "handling_days": "5"}
    ).content.decode()

    assert "06 50 12 34 56" in html
    own.refresh_from_db(from_queryset=Cooperative.objects.within(own.scope))
    assert own.phone == ""
