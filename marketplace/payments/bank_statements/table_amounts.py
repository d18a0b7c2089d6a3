"""Amounts of a bank's table: where one can be read in two ways, the file's other rows decide."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from marketplace.core.amounts import MOVEMENT, AmbiguousAmount, UnreadableAmount, read_amount
from marketplace.core.formats import western_digits
from marketplace.core.money import Money

_MARKS = re.compile(r"[.,]")
# ``150,00 D`` and ``150,00 CR``, as some banks write the side.
_SIDE = re.compile(r"(?<=\d)\s*(?P<side>dr|db|cr|d|c)\.?$", re.IGNORECASE)
_GROUP = 3


class TableAmounts:
    """Reads the amounts of one file, which is written in one language."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self.language = language
        marks = {mark for text in texts if (mark := _clear_decimal_mark(western_digits(text)))}
        # Two decimal marks in one file decide nothing.
        self.decimal_mark = marks.pop() if len(marks) == 1 else ""

    def read(self, text: str, currency: str) -> int:
        """Signed minor units; zero for an empty cell. Raises ValueError with what is wrong."""
        if not text:
            return 0
        side = _SIDE.search(text)
        plain = text[: side.start()] if side else text
        try:
            amount = read_amount(plain, currency, self.language, MOVEMENT).amount_minor
        except AmbiguousAmount as error:
            amount = self._decided(plain, error).amount_minor
        except UnreadableAmount as error:
            reason = _("the amount “%(text)s” cannot be read") % {"text": text[:40]}
            raise ValueError(reason) from error
        return -abs(amount) if side and side["side"][0] in "dD" else amount

    def _decided(self, text: str, refused: AmbiguousAmount) -> Money:
        last = _MARKS.findall(western_digits(text))[-1]
        if not self.decimal_mark:
            reason = _("“%(typed)s” can mean %(first)s or %(second)s")
            raise ValueError(reason % refused.params) from refused
        as_decimal, as_group = refused.readings
        return as_decimal if last == self.decimal_mark else as_group


def _clear_decimal_mark(text: str) -> str:
    """The decimal mark of an amount that can be read in one way only; else empty."""
    marks: list[str] = _MARKS.findall(text)
    if not marks:
        return ""
    last = marks[-1]
    whole, _mark, fraction = text.rpartition(last)
    digits = re.match(r"\d*", fraction)
    decimals = len(digits[0]) if digits else 0
    before = re.sub(r"\D", "", re.split(r"[.,\s]", whole.strip())[-1])
    if len(set(marks)) > 1 and marks.count(last) == 1:
        return last
    if len(marks) > 1 or not decimals:
        return ""
    cannot_group = decimals != _GROUP or len(before) > _GROUP or before in {"", "0"}
    return last if cannot_group else ""
