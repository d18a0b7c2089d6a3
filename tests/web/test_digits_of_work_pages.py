"""Every page of cooperatives and staff of Egypt, in Arabic, has one system of digits."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from catalog.services import start_listing
from tests.factories import vendors as make
from tests.factories.shop import BY, content
from tests.rules.access_addresses import places
from tests.web.browsers import browser
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db

_NO_TEXT = re.compile(
    r"<(script|style|svg|textarea|select|datalist)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL
)
# A code with Latin letters or dashes has its own digits.
_CODE = re.compile(r"\S*[A-Za-z]\S*|\S*[0-9]-[0-9]\S*|&\S+;")


@pytest.fixture
def cooperative() -> Cooperative:
    programme = make.make_programme()
    programme.country_codes = ["EG"]
    programme.save()
    found = make.make_published("siwa")
    found.country_code, found.region_code, found.payout_currency = "EG", "EG-MT", "EGP"
    found.save()
    start_listing(cooperative_id=found.pk, content=content(), quantity=12, by=BY)
    return found


def western(html: str) -> list[str]:
    text = re.sub(r"<[^>]*>", "\n", _NO_TEXT.sub(" ", html.partition("<body")[2]))
    return re.findall(r"\S*[0-9]\S*", _CODE.sub(" ", text))


def pages_of(audience: str, parameter: str) -> list[str]:
    """The names of the pages of an audience that need to know only whose they are."""
    return [p.name for p in places() if p.audience == audience and p.parameters == (parameter,)]


def mixed(client: Client, names: list[str], **whose: str) -> dict[str, list[str]]:
    client.cookies["twiza_language"] = "ar"
    wrong, seen = {}, 0
    for name in names:
        response = client.get(reverse(name, kwargs=whose))
        if response.streaming:
            response.getvalue()  # read to its end, which closes it
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and is_page:
            seen += 1
            if found := western(response.content.decode()):
                wrong[name] = found
    assert seen > 5
    return wrong


def test_pages_of_a_cooperative(cooperative: Cooperative) -> None:
    client = browser(make.make_member(cooperative))
    assert mixed(client, pages_of("portal", "cooperative"), cooperative=cooperative.slug) == {}


def test_pages_of_staff(cooperative: Cooperative) -> None:
    programme = cooperative.programme
    client = browser(make.make_staff(programme))
    assert mixed(client, pages_of("staff", "programme"), programme=programme.slug) == {}
