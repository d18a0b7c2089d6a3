"""Why a listing ranks where it does."""

import pytest

from search.indexing.index import reindex
from search.ranking.explain import explain_hits
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


def test_reasons_name_the_word_and_its_fields() -> None:
    listing_page("mat-rush")
    reindex()

    (one,) = explain_hits("7sir", language="ar", market="ma")

    assert [(r.text, r.spelling, r.fields) for r in one.reasons] == [
        ("7sir", "حصير", ("name", "kind", "about"))
    ]
    assert one.available == 5
    assert one.hit.text_score > 1
