"""Evaluation by nDCG@10, on listings few enough to count by hand."""

import json
import math
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.indexing.index import reindex
from search.ranking.evaluation import JudgedQuery, evaluate, ndcg
from tests.factories.listings import listing_page


def test_the_best_order_scores_one() -> None:
    assert ndcg([1, 1, 0], 2) == 1.0
    assert ndcg([], 2) == 0.0
    assert ndcg([0, 1], 1) == pytest.approx(1 / math.log2(3))
    assert ndcg([1] * 12, 40) == 1.0


@pytest.mark.django_db
def test_queries_are_scored_by_type_and_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for taxonomy in ("honey-thyme", "saffron", "saffron"):
        listing_page(taxonomy)
    reindex()
    path = tmp_path / "queries.csv"
    path.write_text(
        "query,lang,expected_slugs,type,split\n"
        "safran,fr,saffron,name,dev\n"
        "زعفران,ar,saffron,name,dev\n"
        "xyzzyqq,latn,honey-thyme|saffron,variant,dev\n"
        "Tapis,fr,carpet-kilim,name,dev\n",
        encoding="utf-8",
    )

    call_command("search_eval", str(path), json=True)

    shown = json.loads(capsys.readouterr().out)
    assert shown["ndcg_at_10"] == pytest.approx(0.6667)
    assert (shown["questions"], shown["unanswerable"]) == (3, 1)
    assert shown["by_type"] == {
        "name": {"ndcg": 1.0, "questions": 2},
        "variant": {"ndcg": 0.0, "questions": 1},
    }
    assert shown["by_language"]["ar"] == {"ndcg": 1.0, "questions": 1}


@pytest.mark.django_db
def test_queries_for_what_nobody_sells_are_counted_apart() -> None:
    result = evaluate([JudgedQuery("tapis", "fr", "name", frozenset({"carpet-kilim"}))])

    assert result.overall is None
    assert result.unanswerable == 1


def test_a_file_without_queries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n", encoding="utf-8")

    with pytest.raises(CommandError, match="lacks the columns query"):
        call_command("search_eval", str(path))
