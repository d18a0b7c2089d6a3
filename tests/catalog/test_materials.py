"""Materials and marks: one code for every spelling, shown in the language of the page."""

import csv
import io
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils.translation import override

from catalog.content import ListingText, RevisionContent, errors_of
from catalog.import_file import Defaults, read_rows
from catalog.markets import market_of
from catalog.materials import (
    Shown,
    as_attribute,
    from_attribute,
    materials,
    read_materials,
    shown,
)
from catalog.models import ListingRevision
from catalog.quality import mark_name, mark_of, marks
from catalog.services import start_listing
from marketplace.core.actors import Actor
from marketplace.core.vocabulary import LANGUAGES, plain
from search.indexing.materials import materials as groups
from search.indexing.materials import materials_of
from tests.factories.listings import listing_page
from tests.factories.shop import content
from tests.factories.vendors import make_cooperative, make_programme

BY = Actor.system("tests")


@pytest.mark.parametrize("terms", [materials(), marks()], ids=["materials", "marks"])
def test_each_word_is_named_in_three_languages_and_each_spelling_means_one(terms: Any) -> None:
    meant: dict[str, str] = {}
    for code, term in terms.items():
        assert all(term.names[language].strip() for language in LANGUAGES), code
        for spelling in {plain(text) for text in (code, *term.names.values(), *term.also)}:
            assert meant.setdefault(spelling, code) == code, spelling


def test_each_word_says_where_its_names_come_from() -> None:
    from catalog import materials as room

    with room._FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["source"] for row in rows)
    # what results are filtered by is known to the search
    assert {row["group"] for row in rows} - {""} <= set(groups())


@pytest.mark.parametrize(
    ("written", "codes", "others"),
    [
        ("Laine, coton", ["wool", "cotton"], []),
        ("صوف، قطن", ["wool", "cotton"], []),
        ("Wool; COTTON", ["wool", "cotton"], []),
        ("Laine et cuir de chèvre", ["wool", "goat-leather"], []),
        ("صوف وقطن", ["wool", "cotton"], []),
        ("100 % olives, variété Picholine marocaine", ["olives-picholine"], []),
        ("laine, Poil de lapin", ["wool"], ["Poil de lapin"]),
        ("Laine et poil de lapin", [], ["Laine et poil de lapin"]),
        ("", [], []),
    ],
)
def test_a_material_is_read_in_any_language(
    written: str, codes: list[str], others: list[str]
) -> None:
    assert read_materials(written) == (codes, others)


def test_a_page_has_its_own_language_and_says_which_other_one_it_shows() -> None:
    codes, others = ["wool", "silver-925"], {"fr": "Poil de lapin"}
    assert shown(codes, others, "ar") == [
        Shown("صوف، فضة عيار 925"),
        Shown("Poil de lapin", "fr"),
    ]
    assert shown(codes, others, "fr") == [Shown("Laine, argent 925"), Shown("Poil de lapin")]
    assert shown([], {}, "en") == []


def test_what_the_engine_keeps_is_read_back_the_same() -> None:
    codes, others = ["wool", "clay"], {"fr": "Poil de lapin, os", "ar": "وبر الأرنب"}
    assert as_attribute(codes, others) == "wool|clay|ar:وبر الأرنب|fr:Poil de lapin, os"
    assert from_attribute(as_attribute(codes, others)) == (codes, others)
    # a text that the store or an earlier version wrote
    assert from_attribute("Laine, os") == (["wool"], {"fr": "os"})


def test_the_search_filters_by_the_wider_material() -> None:
    assert materials_of(["goat-leather", "salt"], ["Laine et os"]) == ("wool", "leather")


def test_an_import_reads_materials_and_marks_in_any_language() -> None:
    table = (
        "key,name_fr,materials,quality_marks\n"
        'A1,Tapis,"صوف، Poil de lapin",Commerce équitable|Organic|تسمية منشأ محمية\n'
    )
    (row,) = read_rows(io.BytesIO(table.encode()), Defaults(market_of("ma")))
    assert row.content is not None
    assert row.content.material_codes == ["wool"]
    assert row.content.own_materials() == {"fr": "Poil de lapin"}
    assert row.content.quality_marks == ["fair-trade", "organic", "aop"]
    assert mark_of("Label rouge") == "Label rouge"


def test_a_code_that_is_not_known_is_refused() -> None:
    proposed = RevisionContent(
        texts={"fr": ListingText(name="Tapis", materials="x" * 401)}, material_codes=["wooll"]
    )
    assert "materials" in errors_of(proposed)
    assert "materials" in errors_of(proposed.model_copy(update={"material_codes": []}))


def test_marks_are_named_in_the_readers_language() -> None:
    with override("ar"):
        assert mark_name("fair-trade") == "تجارة منصفة"
    with override("fr"):
        assert mark_name("fair-trade") == "Commerce équitable"


@pytest.mark.django_db
def test_revisions_that_were_written_before_get_their_codes() -> None:
    cooperative = make_cooperative(make_programme())
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    earlier = dict(revision.content)
    del earlier["material_codes"]
    earlier["materials"] = "Miel de thym, gelée royale"
    rows = ListingRevision.objects.within(cooperative.scope).filter(pk=revision.pk)
    rows.update(content=earlier)

    migration = import_module("catalog.migrations.0003_materials_by_code")
    migration._revisions(apps.get_model("catalog", "ListingRevision")._base_manager.all())

    proposed = rows.get().proposed
    assert proposed.material_codes == ["honey-thyme"]
    assert proposed.own_materials() == {"fr": "gelée royale"}
    assert proposed.texts["fr"].name == content().texts["fr"].name


@pytest.mark.django_db
def test_the_words_of_all_languages_are_found() -> None:
    from search.indexing.documents import document_of

    page = listing_page("carpet-kilim", material_codes=["camel-hair"], own_materials={"fr": "os"})
    words = set(document_of(page, []).words)
    assert {"os"} <= words
    assert any(word.startswith("chameau") for word in words)
