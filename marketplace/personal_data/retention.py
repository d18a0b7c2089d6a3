"""How long what is held about buyers is kept, and by which law: dated data, for the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.markets import Market
from marketplace.conversations.retention import CONVERSATION, kept_for
from marketplace.core.dated import Row, read_rules, rule_on, span_of
from marketplace.core.formats import Format
from marketplace.orders.retention import CHECKOUT, ORDER_CONTACT, days_kept

FOLDER = Path(__file__).parent / "data"
LANGUAGES = ("ar", "fr", "en")
_EUROPE = "EU"


@dataclass(frozen=True)
class Law:
    """A dated law of a country; the one without a country is the programme's own rule."""

    valid_from: date
    valid_to: date | None
    country: str
    names: dict[str, str]
    source: str
    years: int = 0
    authority: str = ""


@dataclass(frozen=True)
class Kept:
    """What is kept, for how long, and why."""

    what: str
    span: str
    why: str


def law_of(market: Market, on: date) -> Law | None:
    """The law on personal data in a market."""
    return rule_on((law for law in _laws() if law.country == _country(market)), on)


def books_of(market: Market, on: date) -> Law:
    """How long the books of a market are kept; raises LookupError without a rule."""
    fitting = (law for law in _books() if law.country in {"", _country(market)})
    found = rule_on(fitting, on, is_own=lambda law: bool(law.country))
    if found is None:
        raise LookupError(f"no rule for books on {on}")
    return found


def retention(market: Market, language: str, on: date) -> Iterator[Kept]:
    """The periods, for a reader."""
    written, notice = Format(language, market.code), _("the programme's notice on privacy")

    def days(count: int) -> str:
        text = ngettext("%(days)s day", "%(days)s days", count)
        return text % {"days": written.number(count)}

    yield Kept(
        _("Name, telephone and address of an order"), days(days_kept(ORDER_CONTACT, on)), notice
    )
    yield Kept(_("Addresses kept in an account"), _("until you delete them"), notice)
    yield Kept(_("A checkout without an order"), days(days_kept(CHECKOUT, on)), notice)
    yield Kept(_("Conversations"), days(kept_for(CONVERSATION, on).days), notice)
    books = books_of(market, on)
    years = ngettext("%(years)s year", "%(years)s years", books.years)
    span = years % {"years": written.number(books.years)}
    yield Kept(
        _("Amounts, invoices and accepted terms, without your name"), span, books.names[language]
    )


def _country(market: Market) -> str:
    return market.default_country if market.is_one_country else _EUROPE


@cache
def _laws() -> tuple[Law, ...]:
    return read_rules(FOLDER / "laws.csv", _law)


@cache
def _books() -> tuple[Law, ...]:
    return read_rules(FOLDER / "books.csv", _law)


def _law(row: Row) -> Law:
    valid_from, valid_to = span_of(row)
    names = {language: row[f"law_{language}"] for language in LANGUAGES}
    if not all(names.values()) or not row["source"].strip():
        raise ValueError("a name or the source is missing")
    return Law(
        valid_from, valid_to, row["country"], names, row["source"],
        years=int(row.get("years") or 0), authority=row.get("authority") or "",
    )  # fmt: skip
