"""Numbers that people type, in Western or Arabic-Indic digits: in addresses and in forms.

Anything else is no number: ``1e9``, ``NaN`` or four thousand digits are refused, never guessed at.
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError
from marketplace.core.formats import western_digits
from marketplace.core.quantities import whole_number_of

# A column of whole numbers holds no more.
LARGEST = 2**31 - 1
_MARKS = str.maketrans("", "", "\u200e\u200f\u061c")
_WHOLE = re.compile(r"[0-9]{1,9}")
# As Django reads them, without the exponents that it reads too.
_SIGNED = re.compile(r"[+-]?[0-9]{1,18}(\.0*)?")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{0,9})?")


class NotAQuantity(TwizaError):
    """What was typed is no count of pieces."""

    code = "not_a_quantity"
    message = _("Enter the quantity in digits, for example 2. Nothing was changed.")


def plain(text: str) -> str:
    """What was typed, in Western digits, without marks of direction around it."""
    return western_digits(text).translate(_MARKS).strip()


def whole_number(text: str) -> int | None:
    """A count or a number of a page, of at most nine digits; None for anything else."""
    found = plain(text)
    return int(found) if _WHOLE.fullmatch(found) else None


class WholeNumberField(forms.IntegerField):
    """A whole number as people type it, at most as large as the database holds.

    ``1 000`` and ``1.000`` are a thousand, as in amounts.
    """

    widget = forms.TextInput

    def __init__(self, *, max_value: int = LARGEST, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: Any) -> int | None:
        """The number; a text that is none is refused."""
        return super().to_python(_checked(self, _without_groups(value), _SIGNED))


class DecimalNumberField(forms.DecimalField):
    """A number with decimals, after a point, a comma or the Arabic decimal sign."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Any:
        """The number; a text that is none is refused."""
        if isinstance(value, str):
            value = value.replace(",", ".").replace("٫", ".")
        return super().to_python(_checked(self, value, _DECIMAL))


def _without_groups(value: Any) -> Any:
    if not isinstance(value, str) or plain(value).lstrip("+-").isdigit():
        return value
    found = whole_number_of(value)
    return value if found is None else str(found)


def _checked(field: forms.Field, value: Any, form: re.Pattern[str]) -> Any:
    if not isinstance(value, str) or not value.strip():
        return value
    found = plain(value)
    if not form.fullmatch(found):
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")
    return found
