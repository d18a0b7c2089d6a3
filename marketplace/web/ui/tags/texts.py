"""Tags that write money, numbers, dates and names in other scripts."""

from datetime import date, datetime
from decimal import Decimal

from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from marketplace.core.phones import shown_phone
from marketplace.core.quantities import units_kept
from marketplace.web.ui.tags.page import format_of, zone_of


def money(
    context: Context,
    amount_minor: int | None,
    currency: str,
    *,
    trim: bool = False,
    signed: bool = False,
    approximate: bool = False,
) -> SafeString:
    """An amount, isolated and never broken: ``{% money 9500 "MAD" %}``; "–" for nothing known.

    ``approximate`` puts ≈ before an amount in another currency than the one that is charged.
    """
    if amount_minor is None:
        return SafeString("–")
    form = format_of(context)
    text = form.money(int(amount_minor), currency, trim=trim, signed=signed)
    if approximate:
        text = f"≈ {text}"
    return format_html('<bdi class="money" dir="{}">{}</bdi>', form.direction, text)


def money_trim(context: Context, amount_minor: int | None, currency: str) -> SafeString:
    """As ``money``, without zero decimals: for lists, never for baskets, receipts or ledgers."""
    return money(context, amount_minor, currency, trim=True)


def money_text(context: Context, amount_minor: int, currency: str) -> str:
    """The amount as plain text, for an attribute or a title."""
    return format_of(context).money(int(amount_minor), currency)


def amount(context: Context, amount_minor: int, currency: str) -> SafeString:
    """The amount without currency, for a column whose heading names it."""
    form = format_of(context)
    text = form.amount(int(amount_minor), currency)
    return format_html('<bdi class="money" dir="{}">{}</bdi>', form.direction, text)


def number(context: Context, value: int | Decimal, decimals: int | None = None) -> SafeString:
    """A number with the grouping and digits of the page."""
    text = format_of(context).number(value, decimals=decimals)
    return format_html('<span class="num">{}</span>', text)


def number_text(context: Context, value: int | Decimal, decimals: int | None = None) -> str:
    """The number as plain text, for an attribute, a title or a chart."""
    return format_of(context).number(value, decimals=decimals)


def country(context: Context, code: str) -> SafeString:
    """A country by its name, from its code of two letters."""
    return bdi(format_of(context).country(code))


def currency_name(context: Context, currency: str) -> str:
    """A currency by its name, for a heading: ``dirham marocain``."""
    name = format_of(context).currency_name(currency)
    return name[:1].upper() + name[1:]


def currency_sign(context: Context, currency: str) -> str:
    """The currency's sign in the reader's country, beside an input: ``DH``, ``د.م.``."""
    return format_of(context).symbol(currency)


def percent(context: Context, ratio: Decimal | str, decimals: int = 0) -> SafeString:
    """A ratio as a percentage: ``{% percent "0.25" %}``."""
    text = format_of(context).percent(Decimal(ratio), decimals=decimals)
    return format_html('<span class="num">{}</span>', text)


def day(
    context: Context, value: date | datetime, *, weekday: bool = True, year: bool | None = None
) -> SafeString:
    """``{% date order.placed_on %}``: weekday, day, month; the year only if another one."""
    if isinstance(value, datetime):
        value = timezone.localtime(value, zone_of(context)).date()
    text = format_of(context).day(value, weekday=weekday, year=year)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


def date_range(context: Context, first: date, last: date) -> str:
    """A range of days."""
    return format_of(context).day_range(first, last)


def month(context: Context, value: date) -> str:
    """A month with its year, as a heading."""
    return format_of(context).month(value)


def moment(context: Context, value: datetime) -> SafeString:
    """A day with its hour, in the page's time zone."""
    text = format_of(context).moment(value, zone=zone_of(context))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


def ago(context: Context, value: datetime) -> SafeString:
    """How long ago, within a day; otherwise the date."""
    text = format_of(context).ago(value, zone=zone_of(context))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


def bdi(text: object, *, lang: str = "", ltr: bool = False) -> SafeString:
    """A name or code isolated from the sentence around it.

    ``ltr`` is for what reads left to right everywhere: phone numbers, account numbers, codes. Of
    these only an e-mail address may go on in the next line: it can be wider than a phone. In
    other texts a number and its unit stay in one line.
    """
    kind = ' dir="ltr"' if "@" in str(text) else ' class="ltr"'
    return format_html(
        "<bdi{}{}>{}</bdi>",
        format_html(' lang="{}"', lang) if lang else "",
        SafeString(kind) if ltr else "",
        text if ltr or isinstance(text, SafeString) else units_kept(str(text)),
    )


def phone(number: str, home: str = "") -> SafeString:
    """A telephone number as a reader in ``home`` (ISO 3166) dials it: ``{% phone number "MA" %}``.

    National there, international elsewhere; left to right everywhere.
    """
    return bdi(shown_phone(number, home), ltr=True)
