"""Every page of the shop, in each market and language: its own words, and one system of digits.

What can be told: no sentence of another language's catalogue stands on a page, nor another
language's name of a material or mark; no digit of another system; abroad no word that only Morocco
uses. What cooperatives wrote themselves is theirs, and says its language.
"""

import html as entities
import re
from functools import cache

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from catalog.categories import CATEGORIES
from catalog.markets import MARKETS
from catalog.materials import materials
from catalog.quality import marks
from marketplace.core.formats import Format
from marketplace.core.market_usage import in_usage_of, market_usage
from marketplace.core.messages import catalogue_files
from marketplace.web.storefront.info.views import PAGES
from search.indexing.index import update
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published

pytestmark = pytest.mark.django_db

LANGUAGES = ("ar", "fr", "en")
CODES, MARK = ["wool", "goat-leather", "natural-dyes"], "fair-trade"
OWN = "poil de lapin angora"
PRICES = {"ma": 9500, "eg": 90000, "tn": 30500, "sn": 6500, "jo": 9250, "eu": 1400}
# Shorter messages are often the same in two languages, or part of a name.
SHORTEST = 9
# What is no text of the page, or says that it is in another language.
_NO_TEXT = re.compile(r"<(script|style|svg|datalist|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL)
_MOROCCAN = re.compile("الأداء|أداء|أدّي|الجهة|قروي|الموزّع|شكاية|الثمن|التقسيط")
_CODE = re.compile(r"\S*[A-Za-z]\S*")


@cache
def own_messages(language: str) -> frozenset[str]:
    """The texts of a language's catalogues that have no placeholder; English ones are the ids."""
    found = set()
    for path in catalogue_files("fr" if language == "en" else language):
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale=language):
                text = message.id if language == "en" else message.string
                if isinstance(text, str):
                    found.add(text)
    return frozenset(text for text in found if "%(" not in text and len(text) >= SHORTEST)


@cache
def foreign_words(language: str) -> frozenset[str]:
    """What only the other languages say."""
    others = {text for other in LANGUAGES if other != language for text in own_messages(other)}
    for term in (*(materials()[code] for code in CODES), marks()[MARK]):
        others |= {name for other, name in term.names.items() if other != language}
    return frozenset(others - own_messages(language))


def text_of(html: str, language: str) -> str:
    """What a reader sees in the page's own language."""
    bare = _NO_TEXT.sub(" ", html)
    foreign = rf"<(\w+)[^>]*\blang=\"(?!{language})[^\"]*\"[^>]*>[^<]*(?:<(?!/?\1\b)[^<]*)*</\1>"
    bare = re.sub(foreign, " ", bare.partition("<body")[2])
    return " ".join(entities.unescape(re.sub(r"<[^>]*>", "\n", bare)).split(" "))


def said(text: str, words: frozenset[str]) -> list[str]:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    whole = {line.strip(" .،,:;؛·()") for line in lines}
    return sorted(
        words & whole | {w for w in words if " " in w and any(w in line for line in lines)}
    )


@pytest.fixture
def addresses() -> list[str]:
    cooperative = make_published(name="Tamounte")
    page = listing_page(
        "carpet-kilim",
        prices=PRICES,
        cooperative_slug=cooperative.slug,
        material_codes=CODES,
        own_materials={"fr": OWN},
        quality_marks=[MARK],
        net_quantity="250 g",
    )
    update([page.listing_id])
    return [
        "",
        "search/",
        "search/?q=zzz",
        f"category/{page.category_slug}/",
        f"goods/{page.slug}/",
        "cooperatives/",
        f"cooperatives/{cooperative.slug}/",
        "basket/",
        *(f"about/{slug}/" for slug in sorted(PAGES)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("market", [market.code for market in MARKETS])
def test_a_page_has_the_words_and_digits_of_its_language_and_market(
    client: Client, addresses: list[str], market: str, language: str
) -> None:
    wrong = {}
    form = Format(language, market)
    foreign_digits = "[0-9]" if form.digits == "arab" else "[٠-٩]"
    for address in addresses:
        response = client.get(f"/{market}/{language}/{address}")
        assert response.status_code == 200, address
        text = text_of(response.content.decode(), language)
        found = said(text, foreign_words(language))
        found += re.findall(rf"\S*{foreign_digits}\S*", _CODE.sub(" ", text))
        if market != "ma" and language == "ar":
            found += _MOROCCAN.findall(text)
        if found:
            wrong[address] = found
    assert wrong == {}


def test_own_words_say_in_which_language_they_are(client: Client, addresses: list[str]) -> None:
    address = next(each for each in addresses if each.startswith("goods/"))
    arabic = client.get(f"/ma/ar/{address}").content.decode()
    assert f'<bdi lang="fr">{OWN}</bdi>' in arabic
    assert "بالفرنسية" in arabic
    assert "صوف، جلد الماعز، صباغة طبيعية" in arabic
    french = client.get(f"/ma/fr/{address}").content.decode()
    assert f"<bdi>{OWN}</bdi>" in french
    assert "Laine, cuir de chèvre, teintures naturelles" in french


def test_names_in_data_are_said_as_the_market_says_them() -> None:
    words = {row.word: row.instead for row in market_usage() if row.word and "eg" in row.markets}
    changed = [c.name_ar for c in CATEGORIES if in_usage_of(c.name_ar, words) != c.name_ar]
    assert changed == ["الزرابي"]
