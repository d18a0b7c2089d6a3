"""Prices in the text of a query ("moins de 200 dh", «بين 100 و 200 درهم»)."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from marketplace.core.amounts import (
    NOT_NEGATIVE,
    AmbiguousAmount,
    UnreadableAmount,
    names_currency,
    read_amount,
)
from marketplace.core.exchange import NoRate, convert
from search.language.normalizing import UNITS_PATTERN, normalize

_CURRENCIES = {
    word: currency
    for words, currency in (
        ("dh dhs mad dirham dirhams درهم دراهم درهما د.م", "MAD"),
        ("eur euro euros € اورو يورو", "EUR"),
        ("egp جنيه le", "EGP"),
        ("tnd dt دينار dinar dinars", "TND"),
        ("xof cfa fcfa francs فرنك", "XOF"),
        ("jod", "JOD"),
    )
    for word in words.split()
}
_MONEY = rf"(?:{'|'.join(re.escape(word) for word in sorted(_CURRENCIES, key=len, reverse=True))})"
# Never a part of a longer number: what follows is no digit, mark with a digit or group.
_NUMBER = (
    r"(?<![\d.,])(?:\d{1,3}(?:[ .,٬'’]\d{3})+|\d{1,9})(?:[.,٫]\d{1,3})?"
    r"(?![\d٫٬]|[.,]\d| \d{3}(?!\d))"
)
_WITH_MONEY = rf"(?:{_MONEY}\s*{_NUMBER}|{_NUMBER}\s*{_MONEY}(?!\w))"
_MAYBE_MONEY = rf"(?:{_WITH_MONEY}|{_NUMBER}(?!\s*(?:{UNITS_PATTERN})(?!\w)))"
_UNDER = (
    r"(?:moins (?:de|d'|que)|jusqu'?a|maximum|max|pas plus de|au plus|under|below|less than|up to|"
    r"at most|cheaper than|اقل من|تحت|حتى|الى حدود|لا يتجاوز|ما يفوتش|<=?)"
)
_OVER = (
    r"(?:plus de|a partir de|minimum|min|au moins|over|above|more than|at least|from|"
    r"اكثر من|كثر من|فوق|ابتداء من|من|>=?)"
)
_BETWEEN = r"(?:entre|de|between|from|بين|من)"
_AND = r"(?:et|a|and|to|و|الى|-)"
_LIMIT_AFTER = r"(?:max(?:imum)?|au plus|at most|على الاكثر|كحد اقصى)"


class Span(NamedTuple):
    """Prices from ``lowest`` to ``highest``, in minor units; None where there is no end."""

    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True)
class ParsedPrices:
    """The text without its prices, and the prices in minor units of the market's currency.

    ``likely`` has two spans where the text can mean either; then neither is chosen.
    """

    text: str
    lowest: int | None = None
    highest: int | None = None
    likely: tuple[Span, ...] = ()


def parse_prices(text: str, currency: str, language: str | None = None) -> ParsedPrices:
    """Take prices out of a text, in minor units of ``currency``; ``language`` is the page's.

    Prices in other currencies are converted at today's rate; one without a rate stays in the text.
    """
    plain = _plain(text)
    if not any(c.isdigit() for c in plain):
        return ParsedPrices(text)
    for pattern in _PATTERNS:
        match = pattern.search(plain)
        if not match:
            continue
        ends = match.groupdict()
        written = [ends.get("low"), ends.get("high")]
        named = next((found for end in written if (found := _currency(end, currency))), currency)
        try:
            lowest, highest = (_amounts(end, named, currency, language) for end in written)
        except (NoRate, UnreadableAmount):
            continue
        remaining = " ".join(f"{plain[: match.start()]} {plain[match.end() :]}".split())
        spans = tuple(Span(*ends) for ends in zip(lowest, highest, strict=True))
        if spans[0] != spans[1]:
            return ParsedPrices(remaining, likely=spans)
        return ParsedPrices(remaining, *spans[0])
    return ParsedPrices(text)


def _currency(written: str | None, usual: str) -> str | None:
    """The currency that is named beside a number: ``usual``, the market's, where that is meant."""
    beside = re.sub(_NUMBER, "", written or "").strip()
    return usual if names_currency(beside, usual) else _CURRENCIES.get(beside)


def _amounts(
    written: str | None, source: str, target: str, language: str | None
) -> tuple[int | None, int | None]:
    """The two readings of an amount of ``source`` in minor units of ``target``, mostly the same.

    Raises NoRate, and UnreadableAmount for what is no amount.
    """
    number = re.search(_NUMBER, written or "")
    if number is None:
        return None, None
    try:
        amount = read_amount(number[0], source, language, NOT_NEGATIVE)
        readings = amount, amount
    except AmbiguousAmount as ambiguous:
        readings = ambiguous.readings
    today = timezone.localdate()
    first, second = (convert(amount, target, today).amount_minor for amount in readings)
    return first, second


def _plain(text: str) -> str:
    """The text normalized, but with the signs and decimal points that prices are written with."""
    return " ".join(
        piece if re.fullmatch(r"[<>=€.,٫٬'’\d-]+", piece) else _letters(piece)
        for piece in _pieces(text)
    )


def _pieces(text: str) -> list[str]:
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text.lower())
    return re.findall(r"[<>]=?|€|\d+(?:[.,٫٬'’]\d+)*|[^\s\d<>€]+", digits)


def _letters(piece: str) -> str:
    if piece in _CURRENCIES:
        return piece
    return "'".join(normalize(word) for word in re.split("['’]", piece))


_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w){_BETWEEN}\s+(?P<low>{_MAYBE_MONEY})\s*{_AND}\s*(?P<high>{_WITH_MONEY})",
        rf"(?<!\w){_UNDER}\s*(?P<high>{_MAYBE_MONEY})(?!\w)",
        rf"(?<!\w){_OVER}\s*(?P<low>{_WITH_MONEY})",
        rf"(?P<high>{_WITH_MONEY})\s+{_LIMIT_AFTER}",
    )
)
