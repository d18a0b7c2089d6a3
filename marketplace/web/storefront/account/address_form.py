"""The form of an address that an account keeps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.person_names import plain_line
from marketplace.orders.models import SavedAddress
from marketplace.web.storefront.checkout.forms import AddressForm

LONGEST_LABEL = 40


def label_field() -> forms.CharField:
    """What a buyer calls an address; may stay empty."""
    return forms.CharField(
        label=_("What you call it"),
        max_length=LONGEST_LABEL,
        required=False,
        help_text=_("For example: Home, Work"),
    )


class SavedAddressForm(AddressForm):
    """The fields of the checkout without the e-mail address, and what the buyer calls it."""

    email = None  # type: ignore[assignment]
    label = label_field()
    is_default = forms.BooleanField(label=_("Begin each checkout with it"), required=False)

    def clean_label(self) -> str:
        """In one line."""
        return plain_line(self.cleaned_data["label"])


def filled_in(row: SavedAddress) -> dict[str, Any]:
    """What the form of a kept address begins with."""
    return row.address.model_dump() | {"label": row.label, "is_default": row.is_default}
