"""The smallest payment and a new account's rest are dated rules, each with its source."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from marketplace.core.money import exponent
from marketplace.payouts import services
from marketplace.payouts.errors import NoPayoutTerms
from marketplace.payouts.models import PayoutLine, PayoutRun
from marketplace.payouts.runs.terms import PayoutTerms, known_terms, read_terms, terms_for
from tests.payouts.world import make_cooperative, make_programme, make_user, sold_and_delivered
from vendors.models import Cooperative
from vendors.scoping import ProgrammeScope

HEADING = (
    "valid_from,valid_to,programme,country,currency,smallest_minor,account_hold_days,rest_days,"
    "reserve_bp,reserve_days,source\n"
)
FILE = f"""{HEADING}2024-01-01,2026-01-01,,,MAD,5000,7,0,0,0,terms of 2024
2026-01-01,,,,MAD,6000,10,0,0,0,terms of 2026
2024-01-01,,,EG,MAD,7000,7,0,0,0,transfers abroad
2024-01-01,2025-01-01,mourafaka,,MAD,100,1,0,0,0,first year
"""


@pytest.fixture
def rules(tmp_path: Path) -> tuple[PayoutTerms, ...]:
    path = tmp_path / "payout_terms.csv"
    path.write_text(FILE, encoding="utf-8")
    return read_terms(path)


def smallest(rules: tuple[PayoutTerms, ...], on: date, country: str = "MA", slug: str = "x") -> int:
    found = terms_for(programme=slug, country=country, currency="MAD", on=on, known=rules)
    return found.smallest_minor


def test_a_rule_holds_from_its_first_day_until_the_day_before_its_end(
    rules: tuple[PayoutTerms, ...],
) -> None:
    assert smallest(rules, date(2024, 1, 1)) == 5_000
    assert smallest(rules, date(2025, 12, 31)) == 5_000
    assert smallest(rules, date(2026, 1, 1)) == 6_000
    with pytest.raises(NoPayoutTerms):
        smallest(rules, date(2023, 12, 31))


def test_a_programmes_rule_goes_before_a_countrys_and_that_before_the_general_one(
    rules: tuple[PayoutTerms, ...],
) -> None:
    assert smallest(rules, date(2024, 6, 1), "EG") == 7_000
    assert smallest(rules, date(2024, 6, 1), "EG", "mourafaka") == 100
    assert smallest(rules, date(2025, 1, 1), "MA", "mourafaka") == 5_000


def test_an_unknown_currency_says_which_and_when(rules: tuple[PayoutTerms, ...]) -> None:
    with pytest.raises(NoPayoutTerms, match="There is no payout rule for USD on 2026-05-01"):
        terms_for(programme="", country="MA", currency="USD", on=date(2026, 5, 1), known=rules)


@pytest.mark.parametrize(
    "row",
    [
        "2024-01-01,,,,MAD,0,7,0,0,0,x",
        "2024-01-01,,,,MAD,5000,-1,0,0,0,x",
        "2024-01-01,2024-01-01,,,MAD,5000,7,0,0,0,x",
        "2024-01-01,,,,MAD,5000,7,",
        "2024-13-01,,,,MAD,5000,7,0,0,0,x",
        "2024-01-01,,,,MAD,50.00,7,x",
    ],
)
def test_a_row_that_is_no_rule_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "payout_terms.csv"
    path.write_text(f"{HEADING}{row}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"payout_terms\.csv, line 2"):
        read_terms(path)


def test_every_rule_of_ours_has_a_source_and_a_currency() -> None:
    for terms in known_terms():
        assert terms.source
        assert exponent(terms.currency) in {0, 2, 3}
    today = terms_for(programme="any", country="MA", currency="MAD", on=date(2026, 1, 1))
    assert (today.smallest_minor, today.account_hold) == (5_000, timedelta(days=7))


@pytest.mark.django_db
def test_who_has_no_rule_waits_and_the_others_are_paid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = make_programme()
    for slug in ("here", "there"):
        sold_and_delivered(make_cooperative(programme, slug))
    rows = Cooperative.objects.within(ProgrammeScope(programme.pk))
    rows.filter(slug="there").update(country_code="EG")
    only_here = (known_terms()[0]._replace(country="MA"),)
    monkeypatch.setattr("marketplace.payouts.runs.terms.known_terms", lambda: only_here)
    preparer = make_user("preparer", programme, "finance_preparer")

    run = services.prepare_run(programme=programme, by=preparer.actor)

    found = PayoutLine.objects.within(ProgrammeScope(programme.pk)).filter(run=run)
    assert {x.cooperative.slug: (x.state, x.reason) for x in found} == {
        "here": ("ready", ""),
        "there": ("held", "no_terms"),
    }


@pytest.mark.django_db
def test_without_any_rule_nothing_is_prepared_and_it_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = make_programme()
    sold_and_delivered(make_cooperative(programme, "here"))
    preparer = make_user("preparer", programme, "finance_preparer")
    monkeypatch.setattr("marketplace.payouts.runs.terms.known_terms", tuple)

    with pytest.raises(NoPayoutTerms):
        services.prepare_run(programme=programme, by=preparer.actor)

    assert not PayoutRun.objects.exists()
