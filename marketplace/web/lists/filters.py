"""Filters of a list: each gives form fields and narrows the rows by what was typed in them.

Amounts of different currencies are never compared: a range of amounts also asks for one currency.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.amounts import MOVEMENT
from marketplace.core.money import is_currency
from marketplace.web.amounts import AmountField
from marketplace.web.lists.columns import Text
from marketplace.web.lists.fields import LONGEST_TEXT, ChosenField, DayField

Rows = QuerySet[Any]
Choices = Iterable[tuple[str, Any]]
Cleaned = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The base of all: ``key`` is the name in the address, ``path`` that of the column."""

    key: str
    label: Text
    path: str = ""

    @property
    def column(self) -> str:
        return self.path or self.key

    def fields(self, access: Any, data: Mapping[str, str]) -> dict[str, forms.Field]:
        """The fields, by their names in the address."""
        raise NotImplementedError

    def narrow(self, rows: Rows, cleaned: Cleaned, access: Any) -> Rows:
        """The rows that were asked for."""
        raise NotImplementedError

    def check(self, form: forms.Form) -> None:
        """Add errors that concern several fields."""


@dataclass(frozen=True, kw_only=True)
class Choice(Filter):
    """One of some values; ``special`` ones are no value of the column but narrow by themselves."""

    choices: Choices | Callable[[Any], Choices]
    special: Mapping[str, Callable[[Rows], Rows]] | None = None

    def fields(self, access: Any, data: Mapping[str, str]) -> dict[str, forms.Field]:  # noqa: ARG002
        found = self.choices(access) if callable(self.choices) else self.choices
        every = ("", pgettext_lazy("filter", "All"))
        return {self.key: ChosenField(label=self.label, choices=[every, *found])}

    def narrow(self, rows: Rows, cleaned: Cleaned, access: Any) -> Rows:  # noqa: ARG002
        value = cleaned.get(self.key)
        if not value:
            return rows
        if self.special and value in self.special:
            return self.special[value](rows)
        return rows.filter(**{self.column: value})


@dataclass(frozen=True, kw_only=True)
class DateRange(Filter):
    """From a day to a day, both included; of an instant in the time zone of the page."""

    is_moment: bool = False

    def fields(self, access: Any, data: Mapping[str, str]) -> dict[str, forms.Field]:  # noqa: ARG002
        return {
            f"{self.key}_from": DayField(label=_("%(what)s, from") % {"what": self.label}),
            f"{self.key}_to": DayField(label=_("%(what)s, to") % {"what": self.label}),
        }

    def check(self, form: forms.Form) -> None:
        first, last = (form.cleaned_data.get(f"{self.key}_{end}") for end in ("from", "to"))
        if first and last and first > last:
            form.add_error(f"{self.key}_to", _("This day is before the first one."))

    def narrow(self, rows: Rows, cleaned: Cleaned, access: Any) -> Rows:  # noqa: ARG002
        first, last = (cleaned.get(f"{self.key}_{end}") for end in ("from", "to"))
        if first:
            start = (
                timezone.make_aware(datetime.combine(first, time())) if self.is_moment else first
            )
            rows = rows.filter(**{f"{self.column}__gte": start})
        if last:
            after = last + timedelta(days=1)
            end = timezone.make_aware(datetime.combine(after, time())) if self.is_moment else after
            rows = rows.filter(**{f"{self.column}__lt": end})
        return rows


@dataclass(frozen=True, kw_only=True)
class AmountRange(Filter):
    """From an amount to an amount of one currency: the one that is chosen, else the home one.

    ``path`` is a column of minor units; ``currency_path`` that of their currency.
    """

    home: Callable[[Any], str]
    currency_key: str = ""
    currency_path: str = "currency"

    def fields(self, access: Any, data: Mapping[str, str]) -> dict[str, forms.Field]:
        currency = self._currency(access, data)
        control = f"f_{self.currency_key}" if self.currency_key else ""
        return {
            f"{self.key}_{end}": AmountField(
                label=label % {"what": f"{self.label} ({currency})"},
                required=False,
                currency=currency,
                limits=MOVEMENT,
                currency_input=control,
            )
            for end, label in (("min", _("%(what)s, at least")), ("max", _("%(what)s, at most")))
        }

    def check(self, form: forms.Form) -> None:
        least, most = (form.cleaned_data.get(f"{self.key}_{end}") for end in ("min", "max"))
        if least and most and least.amount_minor > most.amount_minor:
            form.add_error(f"{self.key}_max", _("This amount is below the least one."))

    def narrow(self, rows: Rows, cleaned: Cleaned, access: Any) -> Rows:  # noqa: ARG002
        for end, lookup in (("min", "gte"), ("max", "lte")):
            if amount := cleaned.get(f"{self.key}_{end}"):
                rows = rows.filter(
                    **{
                        self.currency_path: amount.currency,
                        f"{self.column}__{lookup}": amount.amount_minor,
                    }
                )
        return rows

    def _currency(self, access: Any, data: Mapping[str, str]) -> str:
        asked = data.get(self.currency_key, "") if self.currency_key else ""
        return asked if is_currency(asked) else self.home(access)


@dataclass(frozen=True, kw_only=True)
class Search(Filter):
    """Words that all must be found; ``finds(access, word)`` says where one is."""

    finds: Callable[[Any, str], Q]
    split: Callable[[str], list[str]] = str.split

    def fields(self, access: Any, data: Mapping[str, str]) -> dict[str, forms.Field]:  # noqa: ARG002
        field = forms.CharField(label=str(self.label), required=False, max_length=LONGEST_TEXT)
        return {self.key: field}

    def narrow(self, rows: Rows, cleaned: Cleaned, access: Any) -> Rows:
        for word in self.split(cleaned.get(self.key) or ""):
            rows = rows.filter(self.finds(access, word))
        return rows


@dataclass(frozen=True, kw_only=True)
class Named(Filter):
    """What has a name, such as a cooperative: ``found(access, text)`` are those so called.

    A name that nothing has is refused beside the field. ``names(access)`` are offered.
    """

    found: Callable[[Any, str], Rows]
    names: Callable[[Any], list[str]]
    unknown: Text

    def fields(self, access: Any, data: Mapping[str, str]) -> dict[str, forms.Field]:  # noqa: ARG002
        field = forms.CharField(label=str(self.label), required=False, max_length=LONGEST_TEXT)
        field.widget.attrs["list"] = f"f_{self.key}_names"
        field.validators.append(lambda text: self._check(access, text))
        return {self.key: field}

    def narrow(self, rows: Rows, cleaned: Cleaned, access: Any) -> Rows:
        text = cleaned.get(self.key)
        return rows.filter(**{f"{self.column}__in": self.found(access, text)}) if text else rows

    def _check(self, access: Any, text: str) -> None:
        if not self.found(access, text).exists():
            raise forms.ValidationError(str(self.unknown), code="unknown")
