"""The glossary's retired words do not come back as names."""

from pathlib import Path

import pytest

from tests.rules.house.glossary import (
    PAGE,
    Retired,
    names_with_retired_words,
    retired_words,
    stale_exceptions,
)
from tests.rules.house.names import Name, defined_names, words_of

# One process reads all sources, once.
pytestmark = pytest.mark.xdist_group("house")


def test_no_retired_word_comes_back_as_a_name() -> None:
    found = names_with_retired_words(defined_names(), retired_words())
    assert [f"{words}: {name}" for words, names in found.items() for name in names] == []


def test_every_exception_of_the_table_is_needed_and_has_a_reason() -> None:
    rows = retired_words()
    assert stale_exceptions(defined_names(), rows) == []
    assert all(reason for row in rows for reason in row.not_meant.values())


def test_terms_stand_in_alphabetical_order_once_each() -> None:
    lines = PAGE.read_text().partition("## Retired words")[0].splitlines()
    terms = [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]
    assert terms == sorted(set(terms))
    assert len(terms) > 80


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("BankReport_id", {"bank", "report", "id"}),
        ("order-ship", {"order", "ship"}),
        ("PDFMaker", {"pdf", "maker"}),
        ("makers2", {"makers"}),
        ("shopmaker", {"shopmaker"}),
    ],
)
def test_a_name_is_split_into_words(name: str, words: set[str]) -> None:
    assert words_of(name) == words


EVERY_KIND = """
from decimal import Decimal as MakerAmount
class MakerPage:
    maker_id = 1
def the_maker(maker): self.maker = [0 for one_maker in ()]
urlpatterns = [path("", view, name="maker-page")]
"""


def test_names_of_every_kind_are_found(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/makers.html").write_text("")
    (tmp_path / "shop/views.py").write_text(EVERY_KIND)
    row = Retired(frozenset({"maker", "makers"}), "cooperative", (), {})

    found = names_with_retired_words(defined_names(tmp_path, ("shop",)), [row])

    assert {name.name for name in found["maker, makers"]} == {
        "MakerAmount", "MakerPage", "maker_id", "the_maker", "maker", "one_maker", "maker-page",
        "makers",
    }  # fmt: skip


def test_a_word_may_stay_where_it_is_not_meant() -> None:
    row = Retired(frozenset({"slip"}), "edit", ("search",), {"packing_*": "a document"})
    names = [
        Name("one_slip", "search/a.py"), Name("one_slip", "orders/a.py"),
        Name("packing_slip", "search/b.py"),
    ]  # fmt: skip

    assert names_with_retired_words(names, [row]) == {"slip": [names[0]]}
    assert stale_exceptions(names[:1], [row]) == ["packing_*"]
