"""Fields of filters: what was typed stays in them when it cannot be read, and is named."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.web.dates import day_input
from marketplace.web.numbers import plain

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
LONGEST_TEXT = 80
# As much of what was typed as an error repeats.
REPEATED = 40


class KeptSelect(forms.Select):
    """A choice that also shows what an address asked for and is no choice."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """The choices, and last what is none of them."""
        groups = super().optgroups(name, value, attrs)
        known = {str(each) for each, _label in self.choices}
        for typed in value:
            if typed not in known:
                shown = typed[:REPEATED]
                option = self.create_option(name, shown, shown, selected=True, index=len(groups))
                groups.append((None, [option], len(groups)))
        return groups


class ChosenField(forms.ChoiceField):
    """One of some values, or nothing."""

    widget = KeptSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.error_messages["invalid_choice"] = _(
            "“%(value)s” is none of these. Choose one from the list."
        )

    def validate(self, value: Any) -> None:
        """As usual; the error repeats the beginning of what was asked for."""
        if value and not self.valid_value(value):
            told = {"value": str(value)[:REPEATED]}
            message = self.error_messages["invalid_choice"]
            raise forms.ValidationError(message, code="invalid_choice", params=told)


class DayField(forms.DateField):
    """A day of this century, in Western or Arabic-Indic digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=day_input(), **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day; the error repeats what was typed, which a browser does not show."""
        try:
            found = super().to_python(plain(value) if isinstance(value, str) else value)
        except (forms.ValidationError, OverflowError) as error:
            raise _no_day(value) from error
        if found and not EARLIEST <= found <= LATEST:
            raise _no_day(value)
        return found


def _no_day(value: Any) -> forms.ValidationError:
    return forms.ValidationError(
        _("“%(value)s” is no day from 2000 to 2100. Enter one such as 2026-12-31."),
        code="invalid",
        params={"value": str(value)[:REPEATED]},
    )
