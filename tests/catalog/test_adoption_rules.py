"""Rules that a shop's owner writes, tables as spreadsheets save them, and channels by name."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from catalog.adoption.csv_file import read_table
from catalog.adoption.rules import parse_rule, parse_rules
from catalog.errors import UnreadableFile, UnreadableRule
from catalog.markets import open_markets
from marketplace.core.channel_names import channel_names
from marketplace.saleor.errors import ChannelUnusable
from marketplace.saleor.store_plan import open_channels, require_usable

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z"), exclude_characters="=->→"),
    min_size=1,
    max_size=20,
)
SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


@given(name=SLUGS, value=WORDS, slug=SLUGS, arrow=st.sampled_from(["->", "→", "=>", " -> "]))
def test_a_rule_is_read_as_it_was_meant(name: str, value: str, slug: str, arrow: str) -> None:
    rule = parse_rule(f" attribute : {name} = {value} {arrow} {slug} ")

    assert (rule.kind, rule.name, rule.pattern, rule.target) == ("attribute", name, value, slug)


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused_in_words(text: str) -> None:
    try:
        target = parse_rule(text).target
    except UnreadableRule as error:
        target = str(error.errors["rule"])
    assert target


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sku:TIF-*", "it needs one arrow: sku:TIF-* -> tifaout"),
        ("sku:TIF-* -> the coop", "the arrow must be followed by one slug"),
        ("attribute:producer -> a", "it must name a value: attribute:producer=Coop Tifaout"),
        ("sku: -> a", "the value to look for is empty"),
    ],
)
def test_a_wrong_rule_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(UnreadableRule) as caught:
        parse_rule(text)
    assert caught.value.errors["rule"] == f"The rule “{text}” cannot be read: {why}."


def test_remarks_and_empty_lines_are_passed_over() -> None:
    rules = parse_rules(["# Tifaout", "", "sku:TIF-* -> tifaout"])

    assert [rule.target for rule in rules] == ["tifaout"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_any_spreadsheet_saves_it(delimiter: str) -> None:
    lines = [["slug", "name", "cooperative"], ["argan", "'=huile", "tifaout"], ["", "", ""]]
    text = "\ufeff" + "\r\n".join(delimiter.join(line) for line in lines) + "\r\n"

    (row,) = read_table(text.encode())

    assert (row.line, row.slug, row.cooperative) == (2, "argan", "tifaout")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("slug,cooperative\nhuile é,x\n".encode("latin-1"), "Line 2: not UTF-8. Save"),
        (b"slug,name\na,b\n", "The table needs the column cooperative, and one of id, slug or sku"),
        (b"slug,cooperative,slug\na,b,c\n", "Line 1: two columns are called “slug”."),
        (b'slug,cooperative\n"a,b\n', "Line 2: a quotation mark is not closed"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_table(content)
    assert str(caught.value.errors["file"]).startswith(told)


def test_markets_are_opened_and_sell_through_the_stores_channels() -> None:
    named = channel_names(" ma:boutique, eu ")

    assert named == {"ma": "boutique", "eu": ""}
    found = [(m.code, m.channel_slug, m.currency) for m in open_markets(named)]
    assert found == [("ma", "boutique", "MAD"), ("eu", "eu-eur", "EUR")]
    plans = [(plan.slug, plan.is_the_stores) for plan in open_channels(named)]
    assert plans == [("boutique", True), ("eu-eur", False)]
    assert len(open_markets({})) == 6


@pytest.mark.parametrize("text", ["morocco", "ma:a b", "ma,ma", "ma:x,eu:x"])
def test_a_wrong_setting_of_channels_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        channel_names(text)


def test_an_unknown_market_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="there is no market xx"):
        open_markets(channel_names("xx"))


@pytest.mark.parametrize("currencies", [{}, {"boutique": "USD"}])
def test_a_channel_of_the_store_must_be_there_with_the_currency(
    currencies: dict[str, str],
) -> None:
    (plan,) = open_channels({"ma": "boutique"})

    with pytest.raises(ChannelUnusable):
        require_usable(plan, currencies)
    require_usable(plan, {"boutique": "MAD"})
