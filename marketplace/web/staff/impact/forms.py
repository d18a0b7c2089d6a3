"""The period and the grouping of the indicators."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.impact.queries import Period

GROUPINGS = [
    ("region", _("by region")),
    ("sector", _("by sector")),
    ("area", _("rural and urban")),
    ("kind", _("women, youth, mixed")),
]


class ImpactForm(forms.Form):
    """The months and the table's grouping; defaults replace invalid values."""

    period = forms.ChoiceField(label=_("Period"))
    by = forms.ChoiceField(label=_("Table"), choices=GROUPINGS)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        years = [(str(today.year - n), str(today.year - n)) for n in range(3)]
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("12", _("last 12 months")),
            ("3", _("last 3 months")),
            *years,
        ]

    @property
    def chosen(self) -> tuple[Period, str]:
        """The period and the grouping."""
        self.is_valid()
        data = self.cleaned_data
        wanted, by = data.get("period") or "12", data.get("by") or "region"
        if wanted in {"12", "3"}:
            return Period.last_months(int(wanted), self._today), by
        return Period.year(int(wanted)), by
