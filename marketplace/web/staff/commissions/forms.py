"""The form of a proposed commission rule."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.categories import CATEGORIES
from catalog.markets import MARKETS
from marketplace.core.amounts import (
    NOT_NEGATIVE,
    AmbiguousAmount,
    UnreadableAmount,
    read_amount,
)
from marketplace.payouts.balances.preview_commission import Proposal
from marketplace.web.dates import day_input
from marketplace.web.numbers import DecimalNumberField, WholeNumberField, plain
from vendors.models import Cooperative
from vendors.scoping import ProgrammeScope

PER_CENT = 100
_TIER = re.compile(r"(?P<volume>[^:=]+)[:=]\s*(?P<rate>\d{1,3}(?:[.,٫]\d{1,2})?)\s*[%٪]?")


def tomorrow() -> Any:
    return timezone.localdate() + timedelta(days=1)


class RuleForm(forms.Form):
    """Scope, rate and period of a rule, and who decided it."""

    rate = DecimalNumberField(
        label=_("Commission, per cent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    cooperative_id = forms.ChoiceField(label=_("For this cooperative only"), required=False)
    category_slug = forms.ChoiceField(label=_("For this category only"), required=False)
    phase = WholeNumberField(
        label=_("For this phase of the programme only"), required=False, min_value=1, max_value=99
    )
    market = forms.ChoiceField(label=_("For this market only"), required=False)
    tiers = forms.CharField(
        label=_("Volume tiers"),
        help_text=_(
            "One per line: the previous month's sales from which the tier applies, then "
            "the rate. Example: 20000: 10"
        ),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
    )
    valid_from = forms.DateField(
        label=pgettext_lazy("day", "From"), widget=day_input(), initial=tomorrow
    )
    valid_to = forms.DateField(
        label=_("Ends before (empty: until further notice)"),
        widget=day_input(),
        required=False,
    )
    source = forms.CharField(label=_("Source: who decided it, in which document"), max_length=200)
    # The version of the rules that the page showed: somebody else's change since is told.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)

    def __init__(self, *args: Any, scope: ProgrammeScope, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._currency = currency
        language = get_language() or "en"
        owners = Cooperative.objects.within(scope).order_by("legal_name")
        choices = {
            "cooperative_id": [(str(each.pk), each.legal_name) for each in owners],
            "category_slug": [(each.slug, each.name(language)) for each in CATEGORIES],
            "market": [(each.code, f"{each.name} ({each.currency})") for each in MARKETS],
        }
        for name, found in choices.items():
            self.fields[name].choices = [("", _("no restriction")), *found]  # type: ignore[attr-defined]

    def clean_tiers(self) -> list[tuple[int, int]]:
        """Pairs of volume in minor units and rate in basis points."""
        lines = self.cleaned_data["tiers"].splitlines()
        numbered = enumerate(lines, start=1)
        return [self._tier(line, number) for number, line in numbered if line.strip()]

    def _tier(self, line: str, number: int) -> tuple[int, int]:
        match = _TIER.fullmatch(plain(line))
        if match is None:
            raise forms.ValidationError(_("Enter each tier as in the example."))
        try:
            volume = read_amount(match["volume"], self._currency, limits=NOT_NEGATIVE)
        except (AmbiguousAmount, UnreadableAmount) as error:
            told = {"line": number, "why": error}
            raise forms.ValidationError(_("Line %(line)s: %(why)s") % told) from error
        return volume.amount_minor, basis_points(rate_of(match["rate"]))

    @property
    def tiers_read(self) -> list[tuple[int, Decimal]]:
        """The tiers as they were read: volume in minor units, and the rate in per cent."""
        return [(volume, Decimal(rate) / PER_CENT) for volume, rate in self.cleaned_data["tiers"]]

    @property
    def proposal(self) -> Proposal:
        """The form's values, as a proposal."""
        given = self.cleaned_data
        return Proposal(
            rate_bp=basis_points(given["rate"]),
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            category_slug=given["category_slug"],
            cooperative_id=UUID(given["cooperative_id"]) if given["cooperative_id"] else None,
            phase=given["phase"],
            market=given["market"],
            tiers=given["tiers"],
        )


class EndForm(forms.Form):
    """The first day on which a rule no longer applies."""

    valid_to = forms.DateField(
        label=_("First day without this rule"), widget=day_input(), initial=tomorrow
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)


def rate_of(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace("٫", "."))


def basis_points(per_cent: Decimal) -> int:
    return int(per_cent * PER_CENT)
