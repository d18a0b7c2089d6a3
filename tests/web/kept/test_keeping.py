"""What was typed is kept for the person, comes back into the form, and is forgotten once saved."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client

from marketplace.web.kept.models import KeptForm
from tests.factories.vendors import make_member
from tests.web.kept.browsing import browser, end_session, open_form, post, sign_in, text_of
from tests.web.kept.every_form import posted_forms
from tests.web.second_factor import with_code
from vendors.models import BankAccount, Cooperative, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

STORY = "Nous tissons depuis 1998 </textarea><script>alert(1)</script>"
RIB = "011519000001205000534921"


@pytest.fixture
def kept(manager: User, text_page: str) -> Client:
    """A browser in which a story was sent after the session had ended."""
    client = browser(manager)
    form = open_form(client, text_page)
    end_session(client)
    post(client, form, name="Tifawine", story=STORY)
    return client


def test_it_is_offered_again_and_never_sent_by_itself(
    kept: Client, manager: User, text_page: str, cooperative: Cooperative
) -> None:
    sign_in(kept, manager)
    page = text_of(kept, text_page)
    assert "Not saved yet" in page
    assert "alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert not cooperative.texts.filter(name="Tifawine").exists()

    form = posted_forms(text_page, page.encode())[-1]
    typed = dict(form.values())
    assert typed["story"].replace("\r", "") == STORY
    post(kept, form, **typed)
    assert cooperative.texts.get(language="fr").story == STORY
    assert not KeptForm.objects.exists()
    assert "Not saved yet" not in text_of(kept, text_page)


def test_nobody_else_sees_it_in_the_same_browser(
    kept: Client, cooperative: Cooperative, manager: User, text_page: str
) -> None:
    sign_in(kept, make_member(cooperative))
    assert "Tifawine" not in text_of(kept, text_page)
    row = KeptForm.objects.get()
    assert kept.post(f"/accounts/kept/{row.pk}/discard/").status_code == 404
    assert "Tifawine" in text_of(sign_in(kept, manager), text_page)


def test_it_waits_for_the_person_in_any_browser(
    kept: Client, manager: User, text_page: str
) -> None:
    assert "Tifawine" in text_of(browser(manager), text_page)


def test_it_can_be_discarded(kept: Client, manager: User, text_page: str) -> None:
    sign_in(kept, manager)
    row = KeptForm.objects.get()
    assert kept.post(f"/accounts/kept/{row.pk}/discard/").headers["Location"] == text_page
    assert not KeptForm.objects.exists()


def test_two_tabs_are_both_kept(manager: User, text_page: str) -> None:
    client = browser(manager)
    first, second = open_form(client, text_page), open_form(client, text_page)
    end_session(client)
    post(client, first, name="The first tab")
    post(client, second, name="The second tab")
    page = text_of(sign_in(client, manager), text_page)
    assert "The second tab" in page
    other = re.search(r'href="([^"]+\?kept=[^"]+)"', page)
    assert other
    assert "The first tab" in text_of(client, other[1])


def test_another_site_cannot_put_words_into_a_form(manager: User, text_page: str) -> None:
    client = browser(manager, strict=True)
    client.get(text_page)
    for headers in (
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"referer": "https://elsewhere.example/portal/"},
    ):
        answer = client.post(text_page, {"name": "Planted"}, headers=headers)
        assert answer.status_code == 403
    assert not KeptForm.objects.exists()
    client.post(text_page, {"name": "Typed"}, headers={"origin": "http://testserver"})
    assert KeptForm.objects.count() == 1


def test_what_is_kept_cannot_be_read_in_the_database_and_holds_no_secret(
    cooperative: Cooperative, manager: User
) -> None:
    page = f"/portal/{cooperative.slug}/profile/bank-account/change/"
    client = with_code(browser(manager), manager)
    form = open_form(client, page)
    end_session(client)
    secrets = {"password": "hunter2hunter2", "otp": "123456", "code": "123456", "cvc": "737"}
    post(client, form, holder_name="COOP TIFAWINE", number=RIB, **secrets)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM kept_keptform k")
        stored = cursor.fetchone()[0]
    assert RIB not in stored
    assert cooperative.slug not in stored
    names = [name for name, _value in KeptForm.objects.get().pairs]
    assert "number" in names
    assert not set(secrets) & set(names)


def test_a_huge_form_is_refused_without_keeping_it(manager: User, text_page: str) -> None:
    client = browser(manager)
    form = open_form(client, text_page)
    end_session(client)
    post(client, form, story="a" * 300_000)
    assert not KeptForm.objects.exists()


def test_only_so_many_of_one_person_are_kept(manager: User, text_page: str) -> None:
    client = browser(manager)
    forms = [open_form(client, text_page) for _ in range(23)]
    end_session(client)
    for number, form in enumerate(forms):
        post(client, form, name=f"Number {number}")
    assert KeptForm.objects.count() == 20
    assert "Number 22" in text_of(sign_in(client, manager), text_page)


def test_a_code_in_the_middle_loses_nothing(manager: User, cooperative: Cooperative) -> None:
    page = f"/portal/{cooperative.slug}/profile/bank-account/change/"
    client = with_code(browser(manager), manager)
    form = open_form(client, page)
    with_code(client, manager, minutes_ago=60)
    answer = post(client, form, holder_name="COOP TIFAWINE", number=RIB)
    question = urlsplit(answer["Location"])
    assert question.path == "/accounts/2fa/reauthenticate/"
    assert parse_qs(question.query)["next"] == [page]
    session = str(dict(client.session.items()))
    assert "twiza_kept_request" in session
    assert RIB not in session

    # Whoever does not find the phone today finds the form another day, with another browser.
    assert RIB in text_of(with_code(browser(manager), manager), page)
    # With the code it is carried out, and forgotten.
    with_code(client, manager)
    assert client.get(page).status_code == 302
    assert BankAccount.objects.crossing(Crossing.SCHEDULED_JOB).count() == 1
    assert not KeptForm.objects.exists()


def test_a_visitor_gets_a_form_back_in_the_same_browser_only() -> None:
    kept_page = "/ma/en/checkout/"
    client = browser(strict=True)
    answer = client.post(kept_page, {"name": "Salma", "city": "Tiznit"})
    assert answer.status_code == 403
    assert KeptForm.objects.get().owner is None
    assert client.cookies["twiza_forms"]["httponly"]
    assert KeptForm.objects.get().browser not in client.cookies["twiza_forms"].value


def test_an_answer_about_an_amount_is_asked_again_and_never_shown_as_a_number(
    manager: User, cooperative: Cooperative
) -> None:
    page = f"/portal/{cooperative.slug}/listings/new/"
    client = browser(manager)
    form = open_form(client, page)
    end_session(client)
    post(client, form, name_en="Honey", price_ma="1.500", **{"price_ma-reading": "150000"})

    shown = text_of(sign_in(client, manager), page)

    assert 'value="1.500"' in shown
    assert "150000" not in shown
