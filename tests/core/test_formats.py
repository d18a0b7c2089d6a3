"""Money, numbers and dates as the readers of each market expect them."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from marketplace.core.formats import Format, western_digits

NBSP, NARROW, LRM, ALM = "\u00a0", "\u202f", "\u200e", "\u061c"
ARABIC, FRENCH, ENGLISH = Format("ar", "ma"), Format("fr", "ma"), Format("en", "ma")
EGYPT, JORDAN, TUNISIA = Format("ar", "eg"), Format("ar", "jo"), Format("ar", "tn")
NOVEMBER = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("form", "amount", "currency", "expected"),
    [
        (ARABIC, 1842000, "MAD", f"18{NARROW}420,00{NBSP}د.م."),
        (FRENCH, 1842000, "MAD", f"18{NARROW}420,00{NBSP}DH"),
        (ENGLISH, 1842000, "MAD", f"MAD{NBSP}18{NARROW}420.00"),
        (ARABIC, 7600, "EUR", f"76,00{NBSP}€"),
        (ENGLISH, 7600, "EUR", "€76.00"),
        (EGYPT, 45000, "EGP", f"٤٥٠٫٠٠{NBSP}ج.م."),
        (EGYPT, 1234567, "EGP", f"١٢٬٣٤٥٫٦٧{NBSP}ج.م."),
        (TUNISIA, 45125, "TND", f"45,125{NBSP}د.ت."),
        (JORDAN, 12500, "JOD", f"١٢٫٥٠٠{NBSP}د.أ."),
        (Format("fr", "sn"), 4500, "XOF", f"4{NARROW}500{NBSP}F{NARROW}CFA"),
        (Format("fr", "tn"), 45125, "TND", f"45,125{NBSP}DT"),
        (Format("en", "tn"), 29500, "TND", f"TND{NBSP}29.50"),
        (Format("ar", "tn"), 1234500, "TND", f"1{NARROW}234,50{NBSP}د.ت."),
        (Format("ar", "sn"), 3200, "XOF", f"3{NARROW}200{NBSP}F{NARROW}CFA"),
        (Format("en", "sn"), 3200, "XOF", f"F{NARROW}CFA{NBSP}3{NARROW}200"),
    ],
)
def test_money_follows_market_and_currency(
    form: Format, amount: int, currency: str, expected: str
) -> None:
    assert form.money(amount, currency) == expected


def test_a_minus_is_a_true_minus_and_stays_before_the_digits_in_arabic() -> None:
    assert FRENCH.money(-34000, "MAD") == f"−340,00{NBSP}DH"
    assert ARABIC.money(-34000, "MAD") == f"{LRM}−340,00{NBSP}د.م."
    assert EGYPT.money(-34000, "EGP") == f"{ALM}−٣٤٠٫٠٠{NBSP}ج.م."
    assert ENGLISH.money(-34000, "MAD") == f"−MAD{NBSP}340.00"


def test_a_plus_is_shown_only_when_asked_for() -> None:
    assert FRENCH.money(500, "MAD", signed=True) == f"+5,00{NBSP}DH"
    assert FRENCH.money(0, "MAD", signed=True) == f"0,00{NBSP}DH"


def test_trimming_drops_zero_decimals_only() -> None:
    assert FRENCH.money(9500, "MAD", trim=True) == f"95{NBSP}DH"
    assert FRENCH.money(9550, "MAD", trim=True) == f"95,50{NBSP}DH"
    assert ARABIC.money(125000, "MAD", trim=True) == f"1{NARROW}250{NBSP}د.م."


def test_a_column_shows_bare_amounts() -> None:
    assert FRENCH.amount(-34000, "MAD") == "−340,00"
    assert ARABIC.amount(486000, "MAD") == "4\u202f860,00"


@pytest.mark.parametrize(
    ("form", "expected"), [(ARABIC, "25\u200e%\u200e"), (FRENCH, f"25{NBSP}%"), (ENGLISH, "25%")]
)
def test_percentages_follow_cldr(form: Format, expected: str) -> None:
    assert form.percent(Decimal("0.25")) == expected


def test_percentages_keep_the_decimals_asked_for() -> None:
    assert FRENCH.percent(Decimal("0.3642"), decimals=1) == f"36,4{NBSP}%"
    assert FRENCH.percent(Decimal("-0.02")) == f"−2{NBSP}%"


def test_numbers_group_alike_in_all_languages() -> None:
    assert {f.number(4860) for f in (ARABIC, FRENCH, ENGLISH)} == {"4\u202f860"}
    assert EGYPT.number(4860) == "٤٬٨٦٠"
    assert ENGLISH.number(Decimal("4.8")) == "4.8"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (ARABIC, "الخميس 26 نونبر"),
        (EGYPT, "الخميس ٢٦ نوفمبر"),
        (JORDAN, "الخميس ٢٦ تشرين الثاني"),
        (FRENCH, "jeudi 26 novembre"),
        (ENGLISH, "Thursday 26 November"),
    ],
)
def test_days_have_the_months_of_the_country(form: Format, expected: str) -> None:
    assert form.day(NOVEMBER, today=NOVEMBER) == expected


@pytest.mark.parametrize("market", ["ma", "tn", "sn", "eg", "jo", "eu"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_short_months_differ_and_none_is_the_beginning_of_another(
    language: str, market: str
) -> None:
    form = Format(language, market)
    short = [form.month(date(2026, n, 1), year=False, short=True) for n in range(1, 13)]
    assert len(set(short)) == len(short)
    assert not [
        (one, other)
        for one in short
        for other in short
        if one != other and other.startswith(one.rstrip("."))
    ]


def test_june_and_july_are_told_apart_in_french() -> None:
    found = [FRENCH.month(date(2026, n, 1), short=True) for n in (6, 7)]
    assert found == ["juin 2026", "juil. 2026"]
    assert JORDAN.month(NOVEMBER, year=False, short=True) == "تشرين الثاني"


def test_the_year_is_named_only_when_it_is_another_one() -> None:
    assert FRENCH.day(NOVEMBER, today=date(2027, 1, 2)) == "jeudi 26 novembre 2026"
    assert FRENCH.day(NOVEMBER, weekday=False, year=True) == "26 novembre 2026"


def test_ranges_name_the_month_once() -> None:
    within = FRENCH.day_range(NOVEMBER, date(2026, 11, 28), today=NOVEMBER)
    across = FRENCH.day_range(NOVEMBER, date(2026, 12, 2), today=NOVEMBER)
    assert within == f"jeudi 26{NBSP}– samedi 28 novembre"
    assert across == f"jeudi 26 novembre{NBSP}– mercredi 2 décembre"
    first, last = date(2026, 12, 1), date(2026, 12, 21)
    assert FRENCH.day_range(first, last, today=last) == f"mardi 1er{NBSP}– lundi 21 décembre"
    assert FRENCH.day_range(NOVEMBER, NOVEMBER, today=NOVEMBER) == "jeudi 26 novembre"


def test_hours_are_told_in_the_zone_on_a_24_hour_clock() -> None:
    moment = datetime(2026, 11, 18, 9, 42, tzinfo=UTC)
    zone = ZoneInfo("Africa/Tunis")
    assert FRENCH.moment(moment, zone=zone, now=moment) == "mercredi 18 novembre, 10:42"
    assert ARABIC.moment(moment, zone=zone, now=moment) == "الأربعاء 18 نونبر، 10:42"
    assert EGYPT.clock(moment, zone=zone) == "١٠:٤٢"


def test_relative_time_ends_after_a_day() -> None:
    now = datetime(2026, 11, 18, 12, tzinfo=UTC)
    assert FRENCH.ago(now - timedelta(hours=2), now=now) == "il y a 2 heures"
    assert FRENCH.ago(now - timedelta(days=3), now=now).startswith("dimanche 15 novembre")


def test_an_unknown_market_falls_back_to_the_language() -> None:
    assert str(Format("ar", "eu").locale) == "ar_MA"
    assert str(Format("fr", "eu").locale) == "fr_FR"
    assert str(Format("xx", "ma").locale) == "en_GB"


def test_digits_of_three_scripts_become_one() -> None:
    assert western_digits("٠٦٦١ ۲۲33") == "0661 2233"


def test_a_countrys_months_are_its_own_whichever_was_asked_for_first() -> None:
    program = (
        "from datetime import date; from marketplace.core.formats import Format; "
        "day = date(2026, 11, 26); "
        "print([Format('ar', m).month(day, year=False) for m in ('eg', 'ma', 'jo', 'tn')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); " + program],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "تشرين الثاني" in done.stdout
