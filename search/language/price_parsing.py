"""What a query says besides words: prices ("moins de 200 dh", «بين 100 و 200 درهم»)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from catalog.markets import market_of
from marketplace.core.exchange import NoRate, convert
from marketplace.core.money import Money, exponent
from search.language.normalizing import UNIT_WORDS, fold

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
_MAYBE_MONEY = rf"{_NUMBER}\s*(?:({_MONEY})(?!\w)|(?!\s*(?:{UNIT_WORDS})(?!\w)))"
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
_SAID_AFTER = r"(?:max(?:imum)?|au plus|at most|على الاكثر|كحد اقصى)"


@dataclass(frozen=True)
class Prices:
    """The text without its prices, and the prices in minor units of the market's currency."""

    text: str
    lowest: int | None = None
    highest: int | None = None


def read_prices(text: str, market: str) -> Prices:
    """Take prices out of a text; other currencies than the market's count at today's rate.

    A price in a currency without a rate is left among the words.
    """
    plain = _plain(text)
    if not any(c.isdigit() for c in plain):
        return Prices(text)
    for pattern, low, high in _PATTERNS:
        found = pattern.search(plain)
        if not found:
            continue
        amounts = [found[low] if low else None, found[high] if high else None]
        currency = market_of(market).currency
        said = next((_CURRENCIES[g] for g in found.groups() if g in _CURRENCIES), currency)
        try:
            lowest, highest = (_minor(amount, said, currency) for amount in amounts)
        except NoRate:
            continue
        rest = f"{plain[: found.start()]} {plain[found.end() :]}"
        return Prices(" ".join(rest.split()), lowest, highest)
    return Prices(text)


def _minor(amount: str | None, said: str, currency: str) -> int | None:
    """What was typed in one currency, in minor units of another; raises NoRate."""
    if amount is None:
        return None
    minor = round(Decimal(amount.replace(",", ".")).scaleb(exponent(said)))
    return convert(Money(minor, said), currency, timezone.localdate()).amount_minor


def _plain(text: str) -> str:
    """Lower case and bare letters, with what folding would take away: signs and points."""
    return " ".join(
        part if re.fullmatch(r"[<>=€.,\d-]+", part) else _letters(part) for part in _parts(text)
    )


def _parts(text: str) -> list[str]:
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text.lower())
    return re.findall(r"[<>]=?|€|\d+(?:[.,٫]\d+)?|[^\s\d<>€]+", digits.replace("٫", "."))


def _letters(part: str) -> str:
    if part in _CURRENCIES:
        return part
    return "'".join(fold(piece) for piece in re.split("['’]", part))


# Which group of the pattern is the lowest price and which the highest.
_PATTERNS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile(rf"(?<!\w){_BETWEEN}\s+{_MAYBE_MONEY}\s*{_AND}\s*{_WITH_MONEY}"), 1, 3),
    (re.compile(rf"(?<!\w){_UNDER}\s*{_MAYBE_MONEY}(?!\w)"), 0, 1),
    (re.compile(rf"(?<!\w){_OVER}\s*{_WITH_MONEY}"), 1, 0),
    (re.compile(rf"{_WITH_MONEY}\s+{_SAID_AFTER}"), 0, 1),
)
