"""Finance people see rules, look at a proposal beside last month, keep it, and end it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from marketplace.payouts.models import CommissionChange, CommissionRule
from tests.payouts.world import SaleOf, make_cooperative, make_programme, make_user
from tests.web.browsers import browser
from tests.web.kept.every_form import posted_forms
from vendors.models import Programme

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/commission/"
GIVEN = {"rate": "10", "valid_from": "2027-01-01", "source": "conseil", "tiers": "20000: 8,5"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    programme = make_programme()
    SaleOf(make_cooperative(programme), when=datetime(2026, 11, 12, tzinfo=UTC)).placed()()
    return programme


@pytest.fixture
def person(programme: Programme) -> Client:
    return browser(make_user("person", programme, "finance_approver"))


def decide(programme: Programme, client: Client, act: str) -> HttpResponse:
    change = CommissionChange.objects.get()
    answer: HttpResponse = client.post(f"{BASE}proposed/{change.pk}/{act}/", follow=True)
    return answer


def test_a_proposal_is_looked_at_before_it_is_kept_and_confirmed_by_another(
    programme: Programme, person: Client
) -> None:
    looked = person.post(f"{BASE}propose/", GIVEN)
    assert looked.status_code == 200
    page = looked.content.decode()
    assert "Commandes du mois dernier avec cette règle" in page
    assert "12,00" in page  # as it was, of 100.00
    assert "10,00" in page  # as it would have been

    shown = person.post(f"{BASE}propose/", GIVEN | {"keep": "1"}, follow=True)

    assert CommissionRule.objects.count() == 1
    assert "10,00" in shown.content.decode()
    assert "/confirm/" not in shown.content.decode()
    assert "conseil" in person.get(BASE).content.decode()
    decide(programme, person, "confirm")
    assert CommissionRule.objects.count() == 1

    other = browser(make_user("other", programme, "finance_preparer"))
    assert BASE in other.get("/staff/mourafaka/").content.decode()
    page = other.get(shown.redirect_chain[-1][0]).content.decode()
    assert "/confirm/" in page
    decide(programme, other, "confirm")

    kept = CommissionRule.objects.get(rate_bp=1_000)
    assert kept.tiers == [[2_000_000, 850]]
    assert "déjà été confirmée" in decide(programme, other, "withdraw").content.decode()


def test_a_withdrawn_proposal_changes_nothing(programme: Programme, person: Client) -> None:
    person.post(f"{BASE}propose/", GIVEN | {"keep": "1"})
    decide(programme, person, "withdraw")
    other = browser(make_user("other", programme, "finance_preparer"))
    decide(programme, other, "confirm")
    assert CommissionRule.objects.count() == 1


def test_two_who_propose_at_once_are_told_of_each_other(
    programme: Programme, person: Client
) -> None:
    """What was typed stays, and the second attempt is compared with the rules as they are now."""
    other = browser(make_user("other", programme, "finance_preparer"))
    form = posted_forms(f"{BASE}propose/", person.get(f"{BASE}propose/").content)[-1]
    rugs = GIVEN | {"category_slug": "rugs", "keep": "1"}
    other.post(f"{BASE}propose/", rugs)

    answer = person.post(f"{BASE}propose/", form.hidden | GIVEN | {"keep": "1"})

    assert answer.status_code == 409
    assert "conseil" in answer.content.decode()
    assert CommissionChange.objects.count() == 1
    again = posted_forms(f"{BASE}propose/", answer.content)[-1]
    assert again.hidden["seen"] != form.hidden["seen"]
    assert person.post(f"{BASE}propose/", again.hidden | GIVEN | {"keep": "1"}).status_code == 302
    assert CommissionChange.objects.count() == 2


def test_what_was_sold_is_not_reckoned_anew(person: Client) -> None:
    refused = person.post(f"{BASE}propose/", GIVEN | {"valid_from": "2026-12-04", "keep": "1"})
    assert refused.status_code == 422
    assert "demain au plus tôt" in refused.content.decode()
    assert person.post(f"{BASE}propose/", GIVEN | {"tiers": "many"}).status_code == 422
    assert CommissionRule.objects.count() == 1


def test_tiers_are_read_as_other_amounts_are(programme: Programme, person: Client) -> None:
    tiers = "20 000 DH: 8,5\n٣٠٫٠٠٠٫٥٠ = ٧"
    asked = person.post(f"{BASE}propose/", GIVEN | {"tiers": "20000: 9\n1,500: 8", "keep": "1"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Ligne 2" in page
    assert "1,50\u00a0DH" in page
    assert "1\u202f500,00\u00a0DH" in page

    kept = GIVEN | {"tiers": tiers.replace("٣٠٫٠٠٠", "٣٠٬٠٠٠"), "keep": "1"}
    # and the preview repeats them in full
    looked = person.post(f"{BASE}propose/", {k: v for k, v in kept.items() if k != "keep"})
    assert "30\u202f000,50\u00a0DH" in looked.content.decode()
    assert person.post(f"{BASE}propose/", kept).status_code == 302
    other = browser(make_user("other", programme, "finance_preparer"))
    decide(programme, other, "confirm")
    rule = CommissionRule.objects.get(rate_bp=1_000)
    assert rule.tiers == [[2_000_000, 850], [3_000_050, 700]]


def test_a_rule_ends_on_a_day_to_come(programme: Programme, person: Client) -> None:
    rule = CommissionRule.objects.get()
    assert person.post(f"{BASE}{rule.pk}/end/", {"valid_to": "2026-12-04"}).status_code == 422
    assert person.post(f"{BASE}{rule.pk}/end/", {"valid_to": "2026-12-05"}).status_code == 302
    rule.refresh_from_db()
    assert rule.valid_to is None
    decide(programme, browser(make_user("other", programme, "finance_preparer")), "confirm")
    rule.refresh_from_db()
    assert str(rule.valid_to) == "2026-12-05"


def test_an_observer_reads_and_proposes_nothing(programme: Programme) -> None:
    observer = browser(make_user("observer", programme, "observer"))
    assert observer.get(BASE).status_code == 200
    assert observer.post(f"{BASE}propose/", GIVEN | {"keep": "1"}).status_code == 403
    assert CommissionRule.objects.count() == 1


def test_a_category_is_named_in_the_readers_language(programme: Programme, person: Client) -> None:
    CommissionRule.objects.create(
        programme=programme, rate_bp=600, category_slug="rugs", valid_from=date(2026, 1, 1),
        source="conseil",
    )  # fmt: skip
    html = person.get(BASE).content.decode()
    assert "Tapis" in html
    assert "rugs" not in html
