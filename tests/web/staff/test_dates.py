"""Days in forms: a browser's input of a day shows what it knows, in whichever language."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import vendors as make
from tests.web.browsers import browser
from tests.web.kept.every_form import posted_forms
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
languages = pytest.mark.parametrize("language", ["fr", "ar"])


def address(name: str, own: Cooperative) -> str:
    return reverse(f"staff:{name}", kwargs={"programme": own.programme.slug, "slug": own.slug})


def values(client: Client, page: str, **typed: str) -> dict[str, str]:
    """The fields of the page's last form, as it opens or as it answers what was typed."""
    answer = client.post(page, typed) if typed else client.get(page)
    assert answer.status_code == 200
    return dict(posted_forms(page, answer.content)[-1].values())


@languages
def test_an_identifier_holds_from_the_first_day_of_the_year(
    own: Cooperative, language: str
) -> None:
    coordinator = browser(make.make_staff(own.programme), language)
    page = address("cooperative-identifiers", own)

    assert values(coordinator, page)["valid_from"] == f"{timezone.localdate().year}-01-01"
    assert values(coordinator, page, valid_from="2026-03-31")["valid_from"] == "2026-03-31"


@languages
def test_an_adviser_begins_today(own: Cooperative, language: str) -> None:
    coordinator = browser(make.make_staff(own.programme), language)
    page = address("cooperative-advisers", own)

    opened = values(coordinator, page)
    assert (opened["from_on"], opened["to_on"]) == (timezone.localdate().isoformat(), "")
    answered = values(coordinator, page, from_on="2026-12-24", to_on="2026-12-31")
    assert (answered["from_on"], answered["to_on"]) == ("2026-12-24", "2026-12-31")
