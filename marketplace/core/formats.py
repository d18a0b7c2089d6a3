"""Money, numbers and dates as a reader of a market and a language expects them.

CLDR (through Babel) is the source of patterns, symbols, month names and digits. On top of it:

* the locale follows the market: Arabic in Morocco is ``ar_MA`` (نونبر), in Egypt ``ar_EG``
  (Arabic-Indic digits), in Jordan ``ar_JO`` (تشرين الثاني);
* between Western digits thousands are separated by U+202F in every language, so that a point or a
  comma is always the decimal mark: readers of three languages share a market, and ``3.200`` or
  ``1,250`` is a thousand times less to some of them. For the same reason a third decimal which is
  zero is left out there: ``29,50 DT``. Arabic-Indic digits have marks of their own (``٬``, ``٫``);
* the dirham is ``DH`` in French, as on Moroccan price tags; currency codes stand before the
  amount in English, a no-break space between them;
* a sign is U+2212, in Arabic after U+200E (after U+061C beside Arabic-Indic digits, as in CLDR);
* a date names the weekday, and the year only when it is another one; clocks have 24 hours.

Amounts come as integers of minor units with their currency, never as floats.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from babel import Locale, UnknownLocaleError
from babel import dates as cldr_dates
from babel import numbers as cldr_numbers

from marketplace.core.money import Money, exponent

NO_BREAK_SPACE = "\u00a0"
GROUP = "\u202f"
MINUS = "\u2212"
LEFT_TO_RIGHT_MARK = "\u200e"
_MARKS = str.maketrans("", "", "\u200e\u200f\u061c")
_ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
_TO_ARABIC_INDIC = str.maketrans("0123456789", _ARABIC_INDIC)
_TO_LATIN = str.maketrans(_ARABIC_INDIC + "۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_FALLBACK = {"ar": "ar_MA", "fr": "fr_FR", "en": "en_GB"}
_SYMBOLS = {("fr", "MAD"): "DH", ("fr", "TND"): "DT"}
_DAY = timedelta(days=1)
_DAY_OF_MONTH = re.compile(r"\bd\b")
_DIGITS_OF_A_GROUP = 3


@dataclass(frozen=True)
class Format:
    """Formats of one language in one market."""

    language: str
    market: str = "ma"

    @cached_property
    def locale(self) -> Locale:
        """The CLDR locale of the pair, or the language's usual one for an unknown pair."""
        return _locale(self.language, self.market)

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def digits(self) -> str:
        """``arab`` for Arabic-Indic digits, as in Egypt and Jordan; else ``latn``."""
        system: str = self.locale.default_numbering_system
        return "arab" if system == "arab" else "latn"

    # -- Numbers ------------------------------------------------------------------------------
    def number(self, value: int | Decimal, *, decimals: int | None = None) -> str:
        """A number with grouping; ``decimals`` fixes how many are shown."""
        text = _written(self.locale, self.digits, abs(Decimal(value)), decimals)
        return (self._sign("-") if value < 0 else "") + text

    def percent(self, ratio: Decimal, *, decimals: int = 0) -> str:
        """A ratio as a percentage: ``Decimal("0.25")`` is ``25 %`` in French."""
        pattern = self.locale.percent_formats[None].pattern
        if decimals:
            pattern = pattern.replace("##0", "##0." + "0" * decimals)
        text = cldr_numbers.format_percent(
            abs(ratio), format=pattern, locale=self.locale, numbering_system=self.digits
        )
        sign: str = self.locale.number_symbols[self.digits]["percentSign"]
        text = self._in_digits(text.replace("%", sign))
        return (self._sign("-") if ratio < 0 else "") + text

    def money(
        self, amount_minor: int, currency: str, *, trim: bool = False, signed: bool = False
    ) -> str:
        """An amount with its currency; ``trim`` drops zero decimals, ``signed`` shows a plus.

        ``amount_minor`` counts minor units of ``currency`` (millimes for TND, francs for XOF).
        """
        decimals = self._decimals(amount_minor, currency)
        amount = Money(abs(amount_minor), currency).decimal
        if trim and amount == amount.to_integral_value():
            decimals = 0
        sign = "-" if amount_minor < 0 else "+" if signed and amount_minor > 0 else ""
        number = self.number(amount, decimals=decimals)
        symbol = self.symbol(currency)
        if self.language != "en":
            return f"{self._sign(sign)}{number}{NO_BREAK_SPACE}{symbol}"
        gap = NO_BREAK_SPACE if symbol[-1].isalpha() else ""
        return f"{self._sign(sign)}{symbol}{gap}{number}"

    def amount(self, amount_minor: int, currency: str) -> str:
        """The bare amount, without its currency: for columns whose heading names it."""
        amount = Money(amount_minor, currency).decimal
        return self.number(amount, decimals=self._decimals(amount_minor, currency))

    def _decimals(self, amount_minor: int, currency: str) -> int:
        """How many decimals are shown; a third one only where it counts or cannot mislead."""
        places = exponent(currency)
        is_plain = self.digits == "latn" and places == _DIGITS_OF_A_GROUP
        return places - 1 if is_plain and amount_minor % 10 == 0 else places

    def symbol(self, currency: str) -> str:
        """The currency's sign as this language writes it; its code when it has none."""
        own = _SYMBOLS.get((self.language, currency))
        return own or self.locale.currency_symbols.get(currency, currency).translate(_MARKS)

    def currency_name(self, code: str) -> str:
        """A currency's name in this language; its code when CLDR has no name."""
        return str(self.locale.currencies.get(code, code))

    def country(self, code: str) -> str:
        """A country's name in this language; its code when CLDR has no name."""
        return str(self.locale.territories.get(code, code))

    def _sign(self, sign: str) -> str:
        if not sign:
            return ""
        mark = ""
        if self.language == "ar":
            mark = "\u061c" if self.digits == "arab" else LEFT_TO_RIGHT_MARK
        return mark + (MINUS if sign == "-" else sign)

    # -- Dates ----------------------------------------------------------------------------------
    def day(
        self,
        day: date,
        *,
        weekday: bool = True,
        year: bool | None = None,
        today: date | None = None,
    ) -> str:
        """``jeudi 26 novembre``; the year is added when it is not this one (or when asked)."""
        if year is None:
            year = day.year != (today or datetime.now(UTC).date()).year
        pattern = "d MMMM" + (" y" if year else "")
        if weekday:
            pattern = f"EEEE {pattern}"
        return self._dated(day, pattern)

    def month(self, day: date, *, year: bool = True, short: bool = False) -> str:
        """``novembre 2026``; ``short`` gives the axis label (``nov.``)."""
        if short and self.language == "fr":
            # CLDR's fr_MA shortens June to "jui.", which July could be as well.
            usual = cldr_dates.format_date(day, format="LLL", locale="fr_FR")
            return f"{usual} {day.year}" if year else usual
        # Arabic has no short months, and CLDR gives Jordan those of another country instead.
        # Its pattern is that within a date: what stands alone is an alias in CLDR, which Babel
        # resolves once for all Arabic countries, by whichever was asked for first.
        alone = "LLL" if short else "LLLL"
        pattern = "MMMM" if self.language == "ar" else alone
        return self._dated(day, pattern + (" y" if year else ""))

    def day_range(self, first: date, last: date, *, today: date | None = None) -> str:
        """A range of days: ``jeudi 26 – samedi 28 novembre``; one day when both are the same."""
        if first == last:
            return self.day(first, today=today)
        if (first.year, first.month) == (last.year, last.month):
            start = self._dated(first, "EEEE d")
        else:
            start = self.day(first, year=first.year != last.year, today=today)
        return f"{start}{NO_BREAK_SPACE}– {self.day(last, today=today)}"

    def clock(self, moment: datetime, *, zone: tzinfo | None = None) -> str:
        """The hour and minute on a 24-hour clock."""
        return self._in_digits(_local(moment, zone).strftime("%H:%M"))

    def moment(
        self, moment: datetime, *, zone: tzinfo | None = None, now: datetime | None = None
    ) -> str:
        """A day and hour: ``mercredi 18 novembre, 10:42``."""
        local = _local(moment, zone)
        today = _local(now, zone).date() if now else None
        comma = "،" if self.language == "ar" else ","
        return f"{self.day(local.date(), today=today)}{comma} {self.clock(local)}"

    def ago(
        self, moment: datetime, *, now: datetime | None = None, zone: tzinfo | None = None
    ) -> str:
        """``il y a 2 heures`` within a day of now, otherwise the date."""
        delta = moment - (now or datetime.now(UTC))
        if abs(delta) >= _DAY:
            return self.day(_local(moment, zone).date())
        text = cldr_dates.format_timedelta(delta, add_direction=True, locale=self.locale)
        return self._in_digits(text)

    def _dated(self, day: date, pattern: str) -> str:
        if self.language == "fr" and day.day == 1:
            pattern = _DAY_OF_MONTH.sub("d'er'", pattern)  # French counts the first day only
        return self._in_digits(cldr_dates.format_date(day, format=pattern, locale=self.locale))

    def _in_digits(self, text: str) -> str:
        return native_digits(text) if self.digits == "arab" else text


def native_digits(text: str) -> str:
    """The text with 0-9 turned into Arabic-Indic digits."""
    return text.translate(_TO_ARABIC_INDIC)


def western_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits turned into 0-9; inputs accept all three."""
    return text.translate(_TO_LATIN)


@cache
def _locale(language: str, market: str) -> Locale:
    for name in (f"{language}_{market.upper()}", _FALLBACK.get(language, language)):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")


def _local(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(zone) if zone else moment


def plain_amount(amount_minor: int, currency: str) -> str:
    """An amount for programs: decimal point, the currency's decimals, no grouping."""
    return f"{Money(amount_minor, currency).decimal:.{exponent(currency)}f}"


@lru_cache(maxsize=8192)
def _written(locale: Locale, digits: str, size: Decimal, decimals: int | None) -> str:
    """A number without its sign; kept, as pages say few numbers many times."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if decimals is None:
        pattern = "#,##0.###"
    text: str = cldr_numbers.format_decimal(
        size, format=pattern, locale=locale, numbering_system=digits
    )
    if digits == "latn":
        return text.replace(locale.number_symbols["latn"]["group"], GROUP)
    return native_digits(text)
