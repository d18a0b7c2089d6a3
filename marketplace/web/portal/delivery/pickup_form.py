"""The form of collecting at the cooperative: where, when, and for how long."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.orders.models import PickupOffer
from marketplace.orders.services.set_pickup import (
    LEAST_KEEP_DAYS,
    LONGEST_HOURS,
    MOST_KEEP_DAYS,
    MOST_READY_DAYS,
    PickupTerms,
)
from marketplace.web.numbers import WholeNumberField
from vendors.models import Cooperative

HOURS = {
    "ar": _("When buyers can come, in Arabic"),
    "fr": _("When buyers can come, in French"),
    "en": _("When buyers can come, in English"),
}


class PickupForm(forms.Form):
    """What a cooperative says to buyers who collect; ``known`` is what holds now."""

    is_offered = forms.BooleanField(label=_("Buyers can collect their orders here"), required=False)
    address_line = forms.CharField(label=_("Street, or how to find it"), max_length=160)
    place_name = forms.CharField(label=_("Commune"), max_length=80)
    hours_ar = forms.CharField(label=HOURS["ar"], max_length=LONGEST_HOURS, required=False)
    hours_fr = forms.CharField(label=HOURS["fr"], max_length=LONGEST_HOURS, required=False)
    hours_en = forms.CharField(label=HOURS["en"], max_length=LONGEST_HOURS, required=False)
    ready_days = WholeNumberField(
        label=_("Days until an order is ready"),
        min_value=0,
        max_value=MOST_READY_DAYS,
        help_text=_("Counted from the day of the order. Buyers see it before they pay."),
    )
    keep_days = WholeNumberField(
        label=_("Days for which you keep an order"),
        min_value=LEAST_KEEP_DAYS,
        max_value=MOST_KEEP_DAYS,
        help_text=_("Counted from the day on which you say that it is ready."),
    )

    def __init__(self, data: Any = None, *, known: PickupOffer | None, own: Cooperative) -> None:
        super().__init__(data, initial=_initial(known, own))

    def clean(self) -> dict[str, Any]:
        """Whoever is to come reads when, in at least one language."""
        given = super().clean() or {}
        if not any(given.get(f"hours_{code}") for code in HOURS):
            self.add_error("hours_ar", _("Say in at least one language when buyers can come."))
        return given

    @property
    def terms(self) -> PickupTerms:
        """What was said, as the service takes it."""
        given = self.cleaned_data
        return PickupTerms(
            is_offered=given["is_offered"],
            address_line=given["address_line"],
            place_name=given["place_name"],
            hours={code: given[f"hours_{code}"] for code in HOURS},
            ready_days=given["ready_days"],
            keep_days=given["keep_days"],
        )


def _initial(known: PickupOffer | None, own: Cooperative) -> dict[str, Any]:
    """What holds; before anything was said, the cooperative's own address and days."""
    if known is None:
        return {
            "address_line": own.address_line,
            "place_name": own.place_name,
            "ready_days": own.handling_days,
            "keep_days": 7,
        }
    hours = {f"hours_{code}": known.hours.get(code, "") for code in HOURS}
    facts = ("is_offered", "address_line", "place_name", "ready_days", "keep_days")
    return hours | {name: getattr(known, name) for name in facts}
