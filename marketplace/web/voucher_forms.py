"""The form of a new voucher: what cooperatives and staff say of it alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.markets import MARKETS, Market
from marketplace.core.amounts import NOT_NEGATIVE
from marketplace.orders.models import VoucherKind
from marketplace.orders.services.vouchers import NewVoucher
from marketplace.orders.vouchers import LONGEST_CODE, normal_code
from marketplace.web.amounts import AmountField
from marketplace.web.dates import day_input
from marketplace.web.numbers import WholeNumberField

SHORTEST_CODE = 6
LARGEST_PERCENT = 90


@dataclass(frozen=True)
class MarketRow:
    """The fields of one market."""

    market: Market
    holds: forms.BoundField
    amount: forms.BoundField
    least: forms.BoundField


class VoucherForm(forms.Form):
    """Code, value, markets, period and limits. ``zone`` is where its days begin and end."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=LONGEST_CODE,
        help_text=gettext_lazy("6 to 24 Latin letters and digits, for example RAMADAN25."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("What for (for yourselves)"), max_length=80, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("It takes off"), choices=VoucherKind.choices)
    percent = WholeNumberField(
        label=gettext_lazy("Per cent"), min_value=1, max_value=LARGEST_PERCENT, required=False
    )
    first_on = forms.DateField(
        label=gettext_lazy("First day"), widget=day_input(), initial=timezone.localdate
    )
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=day_input())
    most_uses = WholeNumberField(
        label=gettext_lazy("Orders at most (empty: no limit)"), min_value=1, required=False
    )
    once_per_buyer = forms.BooleanField(
        label=gettext_lazy("Only once for each buyer"), required=False
    )

    def __init__(self, *args: Any, zone: ZoneInfo, home: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = zone
        for market in MARKETS:
            self.fields[f"in_{market.code}"] = forms.BooleanField(
                label=_("Can be used here"), required=False, initial=market.code == home
            )
            for name, label in (
                ("amount", _("Off each piece")),
                ("least", _("Products for at least")),
            ):
                self.fields[f"{name}_{market.code}"] = AmountField(
                    label=f"{label} ({market.currency})",
                    currency=market.currency,
                    limits=NOT_NEGATIVE,
                    required=False,
                )

    @property
    def market_rows(self) -> Iterator[MarketRow]:
        """The fields of each market."""
        for market in MARKETS:
            names = (f"{name}_{market.code}" for name in ("in", "amount", "least"))
            yield MarketRow(market, *(self[name] for name in names))

    def clean_code(self) -> str:
        """The code as it is kept."""
        code = normal_code(self.cleaned_data["code"])
        if len(code) < SHORTEST_CODE or not code.isascii():
            raise forms.ValidationError(_("Use 6 to 24 Latin letters and digits."))
        return code

    def clean(self) -> dict[str, Any]:
        """The value, the period and the markets fit together."""
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first."))
        if last and last < timezone.localdate():
            self.add_error("last_on", _("The last day is over already."))
        is_percent = given.get("kind") == VoucherKind.PERCENT
        if is_percent and not given.get("percent") and "percent" not in self.errors:
            self.add_error("percent", _("Enter a percentage from 1 to 90."))
        chosen = [market.code for market in MARKETS if given.get(f"in_{market.code}")]
        if not chosen:
            self.add_error(None, _("Choose at least one country's shop in which it can be used."))
        if given.get("kind") == VoucherKind.AMOUNT:
            self._require_amounts(chosen, given)
        return given

    def _require_amounts(self, chosen: list[str], given: dict[str, Any]) -> None:
        for code in chosen:
            name = f"amount_{code}"
            if name not in self.errors and not given.get(name):
                self.add_error(name, _("Enter what it takes off each piece."))

    @property
    def wanted(self) -> NewVoucher:
        """The voucher that was described; its last day is whole."""
        given = self.cleaned_data
        return NewVoucher(
            code=given["code"],
            name=given["name"],
            kind=given["kind"],
            percent=given["percent"],
            markets=[
                (
                    market.code,
                    _minor(given[f"amount_{market.code}"]),
                    _minor(given[f"least_{market.code}"]) or 0,
                )
                for market in MARKETS
                if given[f"in_{market.code}"]
            ],
            starts_at=self._midnight(given["first_on"]),
            ends_at=self._midnight(given["last_on"] + timedelta(days=1)),
            most_uses=given["most_uses"],
            once_per_buyer=given["once_per_buyer"],
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, tzinfo=self._zone)


def _minor(amount: Any) -> int | None:
    return amount.amount_minor if amount else None
