"""What another market than Morocco says otherwise: listed words, and only those."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from catalog.categories import CATEGORIES, Category
from catalog.markets import MARKETS
from marketplace.core.market_usage import (
    _replaced,
    as_said_here,
    in_usage_of,
    market_spoken_to,
    market_usage,
    speaking,
)
from marketplace.core.messages import PLACEHOLDER, catalogue_files

ROWS = market_usage()
MARKETS_ABROAD = ["eg", "jo", "tn", "sn", "eu"]
# Rooms whose messages buyers read.
BUYERS_ROOMS = {"storefront", "tracking", "orders", "payments", "catalog", "vendors"}
# What only Moroccan shops and offices write.
MOROCCAN = re.compile(
    "أداء|أدائ|أداؤ|ؤدّ|أدّي|أُدّي|تتوصّل|(?<!و)جهة|شكاية|قروي|التقسيط|دجنبر|نونبر|غشت|درهم"
)


def texts(language: str, rooms: set[str] | None = None) -> dict[str, str]:
    """The translations of a language by message; of plural messages their forms in one text."""
    found = {}
    for path in catalogue_files(language):
        if rooms and path.parts[-4] not in rooms:
            continue
        with Path(path).open(encoding="utf-8") as file:
            for message in read_po(file, locale=language):
                ids, strings = message.id, message.string
                key = ids if isinstance(ids, str) else next(iter(ids), "")
                found[key] = strings if isinstance(strings, str) else "\n".join(strings or ())
    return {key: text for key, text in found.items() if key}


ARABIC = texts("ar")


def test_each_row_is_of_known_markets_and_says_why() -> None:
    known = {market.code for market in MARKETS}
    for row in ROWS:
        assert row.markets, row
        assert set(row.markets) <= known - {"ma"}, row
        assert row.language in dict(settings.LANGUAGES)
        assert bool(row.word) != bool(row.message), row
        assert row.instead, row
        assert row.reason, row


def test_each_word_stands_in_a_message_or_a_name() -> None:
    names = "\n".join([*ARABIC.values(), *(each.name_ar for each in _categories())])
    for row in ROWS:
        if row.word:
            assert in_usage_of(names, {row.word: "\0"}) != names, row.word


def test_a_message_of_its_own_keeps_its_placeholders() -> None:
    for row in ROWS:
        if row.message:
            general = texts(row.language)[row.message]
            assert sorted(PLACEHOLDER.findall(general)) == sorted(PLACEHOLDER.findall(row.instead))
            assert general != row.instead


@pytest.mark.parametrize("market", MARKETS_ABROAD)
def test_no_message_that_buyers_read_abroad_has_a_moroccan_word(market: str) -> None:
    own = {row.message: row.instead for row in ROWS if market in row.markets and row.message}
    words = _replaced("ar", market)
    left = {
        key: said
        for key, text in texts("ar", BUYERS_ROOMS).items()
        if MOROCCAN.search(said := own.get(key) or in_usage_of(text, words))
    }
    assert left == {}


def test_pages_speak_the_words_of_their_market_and_morocco_keeps_its_own() -> None:
    with speaking("ar", "ma"):
        assert gettext("Payment methods") == "طرق الأداء"
    with speaking("ar", "eg"):
        assert (gettext("Payment methods"), gettext("Postal code")) == (
            "طرق الدفع",
            "الرقم البريدي",
        )
        assert gettext("Cash on delivery") == "الدفع عند الاستلام"
        assert as_said_here("الزرابي", "ar") == "السجاد"
        assert translation.get_language() == "ar"
        with speaking("ar", "tn"):
            assert gettext("Postal code") == "الترقيم البريدي"
            assert as_said_here("الزرابي", "ar") == "الزرابي"
        assert gettext("Postal code") == "الرقم البريدي"
    with speaking("fr", "eg"):
        assert gettext("Payment methods") == "Modes de paiement"
    assert market_spoken_to() == ""
    with translation.override("ar"):
        assert gettext("Payment methods") == "طرق الأداء"


def test_a_word_does_not_stand_for_a_part_of_another() -> None:
    assert in_usage_of("وجهة، جهة، الجهة", {"جهة": "منطقة"}) == "وجهة، منطقة، الجهة"


def _categories() -> list[Category]:
    return list(CATEGORIES)
