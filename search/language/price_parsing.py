"""Prices in the text of a query ("moins de 200 dh", «بين 100 و 200 درهم»)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from marketplace.core.exchange import NoRate, convert
from marketplace.core.money import Money, exponent
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
_MONEY = "|".join(re.escape(word) for word in sorted(_CURRENCIES, key=len, reverse=True))
_NUMBER = r"(\d{1,7}(?:[.,]\d{1,2})?)"
_WITH_MONEY = rf"{_NUMBER}\s*({_MONEY})(?!\w)"
_MAYBE_MONEY = rf"{_NUMBER}\s*(?:({_MONEY})(?!\w)|(?!\s*(?:{UNITS_PATTERN})(?!\w)))"
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


@dataclass(frozen=True)
class ParsedPrices:
    """The text without its prices, and the prices in minor units of the market's currency."""

    text: str
    lowest: int | None = None
    highest: int | None = None


def parse_prices(text: str, currency: str) -> ParsedPrices:
    """Take prices out of a text, in minor units of ``currency``.

    Prices in other currencies are converted at today's rate; one without a rate stays in the text.
    """
    plain = _plain(text)
    if not any(c.isdigit() for c in plain):
        return ParsedPrices(text)
    for pattern, low, high in _PATTERNS:
        match = pattern.search(plain)
        if not match:
            continue
        amounts = [match[low] if low else None, match[high] if high else None]
        named = next((_CURRENCIES[g] for g in match.groups() if g in _CURRENCIES), currency)
        try:
            lowest, highest = (_minor_units(amount, named, currency) for amount in amounts)
        except NoRate:
            continue
        remaining = f"{plain[: match.start()]} {plain[match.end() :]}"
        return ParsedPrices(" ".join(remaining.split()), lowest, highest)
    return ParsedPrices(text)


def _minor_units(amount: str | None, source: str, target: str) -> int | None:
    """A typed amount of the ``source`` currency in minor units of ``target``; raises NoRate."""
    if amount is None:
        return None
    minor = round(Decimal(amount.replace(",", ".")).scaleb(exponent(source)))
    return convert(Money(minor, source), target, timezone.localdate()).amount_minor


def _plain(text: str) -> str:
    """The text normalized, but with the signs and decimal points that prices are written with."""
    return " ".join(
        piece if re.fullmatch(r"[<>=€.,\d-]+", piece) else _letters(piece)
        for piece in _pieces(text)
    )


def _pieces(text: str) -> list[str]:
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text.lower())
    return re.findall(r"[<>]=?|€|\d+(?:[.,٫]\d+)?|[^\s\d<>€]+", digits.replace("٫", "."))


def _letters(piece: str) -> str:
    if piece in _CURRENCIES:
        return piece
    return "'".join(normalize(word) for word in re.split("['’]", piece))


# Each pattern with the numbers of its groups for the lowest and the highest price (0: none).
_PATTERNS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile(rf"(?<!\w){_BETWEEN}\s+{_MAYBE_MONEY}\s*{_AND}\s*{_WITH_MONEY}"), 1, 3),
    (re.compile(rf"(?<!\w){_UNDER}\s*{_MAYBE_MONEY}(?!\w)"), 0, 1),
    (re.compile(rf"(?<!\w){_OVER}\s*{_WITH_MONEY}"), 1, 0),
    (re.compile(rf"{_WITH_MONEY}\s+{_LIMIT_AFTER}"), 0, 1),
)
