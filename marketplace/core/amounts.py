"""Amounts of money as people and banks write them, read by language and currency.

One reading for forms, imports, search and bank files. Western and Arabic-Indic digits; spaces and
apostrophes group; a comma or a point is the decimal mark or groups thousands, by what the language
and the number of decimals of the currency allow. Where two readings are likely nothing is chosen.
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format, western_digits
from marketplace.core.money import Money, exponent, is_currency

# No amount that is typed is larger, in minor units; a caller may allow less.
LARGEST_MINOR = 100_000_000_000
NAMES_FILE = Path(__file__).parent / "data" / "currency_names.csv"

_DECIMAL_MARK = {"en": "."}
_MARKS_OF_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
# Digits of a group, which the decimals of some currencies look like.
_GROUP = 3
# Also of a number with its marks; far more than any amount has.
_MOST_DIGITS = 24
_MINUS = "-−–‐‑﹣－"
_NUMBER = re.compile(r"[0-9](?:[0-9.,٫٬'’ ]*[0-9])?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[.,٬'’ ])[0-9]{3})(?:(?P=mark)[0-9]{3})*")


class UnreadableAmount(TwizaError):
    """The text is no amount in this currency."""

    code = "amount_unreadable"
    message = _("Enter the amount in digits, for example %(example)s.")


class OtherCurrency(UnreadableAmount):
    """The text names another currency."""

    code = "amount_other_currency"
    message = _("Enter the amount in %(currency)s, for example %(example)s.")


class AmountOutOfRange(UnreadableAmount):
    """The amount is smaller or larger than what may stand there."""

    code = "amount_out_of_range"
    message = _("Enter an amount from %(least)s to %(largest)s.")


class AmbiguousAmount(TwizaError):
    """Two readings are likely; ``readings`` has both, the smaller one first."""

    code = "amount_ambiguous"
    message = _("“%(typed)s” can mean %(first)s or %(second)s. Please choose one.")

    def __init__(self, typed: str, readings: tuple[Money, Money], language: str) -> None:
        self.readings = readings
        first, second = (
            Format(language).money(reading.amount_minor, reading.currency) for reading in readings
        )
        super().__init__(typed=typed, first=first, second=second)


@dataclass(frozen=True)
class Limits:
    """The least and the largest amount that may stand somewhere, in minor units."""

    least_minor: int = 1
    largest_minor: int = LARGEST_MINOR


PRICE = Limits()
NOT_NEGATIVE = Limits(0)
# A movement of an account: a minus and a zero have a meaning.
MOVEMENT = Limits(-LARGEST_MINOR * 1000, LARGEST_MINOR * 1000)


def read_amount(
    typed: str, currency: str, language: str | None = None, limits: Limits = PRICE
) -> Money:
    """The amount that a text means in a currency; ``language`` None is the active one.

    The currency's own code, sign or name may stand beside the number. Raises AmbiguousAmount where
    two readings are likely, else UnreadableAmount (OtherCurrency, AmountOutOfRange).
    """
    language = language or get_language() or "ar"
    number, is_negative = _number_of(typed, currency, language)
    values = readings(number, exponent(currency), decimal_mark(language))
    if not values:
        raise _unreadable(currency, language)
    amounts = [Money(-value if is_negative else value, currency) for value in values]
    allowed = [a for a in amounts if limits.least_minor <= a.amount_minor <= limits.largest_minor]
    if not allowed:
        raise AmountOutOfRange(**_shown(limits, currency, language))
    if len(allowed) > 1:
        raise AmbiguousAmount(typed.strip(), (allowed[0], allowed[1]), language)
    return allowed[0]


def typed_amount(amount: Money, language: str) -> str:
    """An amount as a field shows it, without grouping: it is read again as the same."""
    return f"{amount.decimal}".replace(".", decimal_mark(language))


def decimal_mark(language: str) -> str:
    """The decimal mark of a language."""
    return _DECIMAL_MARK.get(language, ",")


def plain_text(typed: str) -> str:
    """What was typed in Western digits, with plain spaces and without marks of direction."""
    text = _MARKS_OF_DIRECTION.sub("", western_digits(typed))
    return _SPACES.sub(" ", text).strip()


def _number_of(typed: str, currency: str, language: str) -> tuple[str, bool]:
    """The digits with their marks, and whether a minus or brackets stand beside them."""
    text = plain_text(typed)
    found = _NUMBER.search(text)
    if not found:
        raise _unreadable(currency, language)
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    number = found.group()
    before, after, is_negative = _sign(before, after)
    if before in {".", ",", "٫"}:
        before, number = "", f"0{before}{number}"
    for beside in (before, after):
        _check_currency(beside, currency, language)
    if before and after:
        raise _unreadable(currency, language)
    return number, is_negative


def _sign(before: str, after: str) -> tuple[str, str, bool]:
    """What stands around a number without its sign; accounting writes a minus as brackets."""
    if before.startswith("(") and after.endswith(")"):
        return before[1:].strip(), after[:-1].strip(), True
    for sign in f"+{_MINUS}":
        if sign in before:
            return before.replace(sign, "", 1).strip(), after, sign != "+"
        if sign in after:
            return before, after.replace(sign, "", 1).strip(), sign != "+"
    return before, after, False


def _check_currency(beside: str, currency: str, language: str) -> None:
    """What stands beside a number is nothing, or names its currency."""
    name = _plain_name(beside)
    if not name:
        if beside.strip("."):
            raise _unreadable(currency, language)
        return
    named = _currencies_by_name().get(name, set())
    if is_currency(name.upper()):
        named = named | {name.upper()}
    if not named:
        raise _unreadable(currency, language)
    if currency not in named:
        wanted = Format(language).currency_name(currency)
        raise OtherCurrency(currency=wanted, example=_example(currency, language))


def readings(number: str, places: int, usual_mark: str) -> list[int]:
    """What a number can mean in minor units, the smaller one first; none when it is no number."""
    marks = [sign for sign in number if not sign.isdigit()]
    if not marks:
        return [int(number) * 10**places] if len(number) <= _MOST_DIGITS else []
    last, is_repeated = marks[-1], marks.count(marks[-1]) > 1
    as_decimal = _with_decimals(number, last, places)
    as_group = _grouped(number, places)
    found = [value for value in (as_decimal, as_group) if value is not None]
    if as_decimal is None or as_group is None:
        return found
    # A comma or a point before three digits.
    if places == _GROUP and last == usual_mark and not is_repeated:
        return [as_decimal]
    if places < _GROUP and (last != usual_mark or is_repeated or places == 0):
        return [as_group]
    return found


def _grouped(number: str, places: int) -> int | None:
    """A whole number in groups of three digits, in minor units; a group never begins with 0."""
    if len(number) > _MOST_DIGITS or not _GROUPED.fullmatch(number):
        return None
    return int(re.sub(r"\D", "", number) + "0" * places)


def _with_decimals(number: str, mark: str, places: int) -> int | None:
    """A number whose last mark is the decimal one, in minor units.

    More decimals than the currency has must be zeros. The decimal mark groups thousands as well
    only where the currency has three decimals, as some banks of Tunisia write it.
    """
    whole, _mark, fraction = number.rpartition(mark)
    is_whole = whole.isdigit() or _GROUPED.fullmatch(whole)
    if mark not in ".,٫" or not is_whole or len(number) > _MOST_DIGITS:
        return None
    if fraction[places:].strip("0") or (mark in whole and places != len(fraction)):
        return None
    return int(re.sub(r"\D", "", whole) + fraction[:places].ljust(places, "0"))


def names_currency(text: str, currency: str) -> bool:
    """Whether a word or sign is a name of this currency; several have the same, as dinars do."""
    return currency in _currencies_by_name().get(_plain_name(text), set())


def _plain_name(text: str) -> str:
    """A name or sign of a currency without case, spaces and points: ``F CFA`` is ``fcfa``."""
    return re.sub(r"[\s.]", "", text).casefold()


@cache
def _currencies_by_name() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with NAMES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[_plain_name(row["name"])].add(row["currency"])
    return dict(found)


def _unreadable(currency: str, language: str) -> UnreadableAmount:
    return UnreadableAmount(example=_example(currency, language))


def _example(currency: str, language: str) -> str:
    return typed_amount(Money(95 * 10 ** exponent(currency), currency), language)


def _shown(limits: Limits, currency: str, language: str) -> dict[str, str]:
    show = Format(language).money
    return {
        "least": show(limits.least_minor, currency),
        "largest": show(limits.largest_minor, currency),
    }
