"""Values of ISO 20022 elements, found by their local names."""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import days
from marketplace.core.money import Money

# An lxml element, whose published types are private.
Node = Any


def money_of(node: Node) -> Money:
    """An ``Amt``; raises ValueError for one that is negative or has no currency."""
    text = (node.text or "").strip()
    try:
        amount = Money.from_decimal(Decimal(text), node.get("Ccy") or "")
    except (ValueError, ArithmeticError) as error:
        reason = _("the amount “%(text)s” cannot be read") % {"text": text[:40]}
        raise ValueError(reason) from error
    if amount.amount_minor < 0 or len(amount.currency) != 3:  # noqa: PLR2004 -- ISO 4217
        raise ValueError(_("an amount is negative or has no currency"))
    return amount


def day_of(text: str, zone: tzinfo) -> date | None:
    """The day of a date or a moment: a moment without an offset is already the account's own."""
    if not text:
        return None
    try:
        if "T" not in text:
            return date.fromisoformat(text[:10])
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        reason = _("the date “%(text)s” cannot be read") % {"text": text[:40]}
        raise ValueError(reason) from error
    return days.day_of(moment, zone) if moment.tzinfo else moment.date()


def text_of(node: Node, path: str) -> str:
    """The text of the first element of a path; empty when there is none."""
    found = next(iter(all_of(node, path)), None)
    return "" if found is None else (found.text or "").strip()


def all_of(node: Node, path: str) -> list[Node]:
    """All elements of a path of local names, in their order."""
    found = [node]
    for step in path.split("/"):
        found = [child for parent in found for child in parent if name_of(child) == step]
    return found


def name_of(node: Node) -> str:
    """The local name of an element."""
    return str(node.tag).rpartition("}")[2]
