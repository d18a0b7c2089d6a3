"""How long goods may be sent back: a dated rule of the buyer's country, said in three languages."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from catalog.markets import MARKETS
from marketplace.core.formats import Format
from marketplace.orders.return_periods import known_periods, read_periods, return_period
from marketplace.web.storefront.returns import return_span, returns_title

HEADING = "valid_from,valid_to,country,days,counted,source\n"
TODAY = date(2026, 11, 24)


def span(country: str, language: str) -> str:
    with translation.override(language):
        return return_span(country, Format(language, "ma"), TODAY)


def test_each_country_has_its_own_rule_and_the_others_the_programmes_promise() -> None:
    found = {country: return_period(country, TODAY) for country in ("MA", "EG", "FR", "TN", "SN")}

    assert {country: (p.days, p.counted) for country, p in found.items()} == {
        "MA": (7, "calendar"),
        "EG": (14, "calendar"),
        "FR": (14, "calendar"),
        "TN": (10, "working"),
        "SN": (7, "calendar"),
    }
    assert all(period.source for period in known_periods())
    for market in MARKETS:
        assert {return_period(country, TODAY) for country in market.country_codes}


def test_a_rule_holds_from_its_first_day_until_the_day_before_its_end(tmp_path: Path) -> None:
    path = tmp_path / "return_periods.csv"
    path.write_text(
        f"{HEADING}2024-01-01,,,7,calendar,terms\n2024-01-01,2026-01-01,FR,14,calendar,old\n"
        "2026-01-01,,FR,30,calendar,new\n",
        encoding="utf-8",
    )
    known = read_periods(path)

    assert return_period("FR", date(2025, 12, 31), known).days == 14
    assert return_period("FR", date(2026, 1, 1), known).days == 30
    assert return_period("US", date(2024, 1, 1), known).days == 7
    with pytest.raises(LookupError, match="No return period is known for US on 2023-12-31"):
        return_period("US", date(2023, 12, 31), known)


@pytest.mark.parametrize(
    "row",
    ["2024-01-01,,FR,0,calendar,x", "2024-01-01,,FR,14,moons,x", "2024-01-01,,FR,14,calendar,"],
)
def test_a_row_that_is_no_rule_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "return_periods.csv"
    path.write_text(f"{HEADING}{row}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"return_periods\.csv, line 2"):
        read_periods(path)


def test_the_words_have_the_plural_of_their_language() -> None:
    assert [span(country, "en") for country in ("MA", "EG", "TN")] == [
        "7 days",
        "14 days",
        "10 working days",
    ]
    assert [span(country, "fr") for country in ("MA", "EG", "TN")] == [
        "7 jours",
        "14 jours",
        "10 jours ouvrables",
    ]
    assert [span(country, "ar") for country in ("MA", "EG", "TN")] == [
        "7 أيام",
        "14 يوما",
        "10 أيام عمل",
    ]
    with translation.override("fr"):
        assert returns_title("DE", Format("fr", "eu")) == "Retour sous 14 jours"
