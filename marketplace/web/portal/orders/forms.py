"""Forms of members: what to ship, why an order is cancelled, what was returned."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.orders.carriers import carrier_names
from marketplace.orders.models import VendorOrder, VendorOrderLine
from marketplace.web import order_cancellation
from marketplace.web.meanwhile import WatchedForm
from marketplace.web.numbers import WholeNumberField


class QuantitiesForm(forms.Form):
    """A quantity for each line of an order."""

    def __init__(
        self, *args: Any, lines: list[tuple[VendorOrderLine, int]], full: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line, most in lines:
            self.fields[f"line-{line.pk}"] = WholeNumberField(
                label=line.title_in(get_language() or "ar"),
                min_value=0,
                max_value=most,
                initial=most if full else 0,
            )

    @property
    def rows(self) -> list[tuple[VendorOrderLine, int, forms.BoundField]]:
        """Each line, its highest quantity, and its field."""
        return [(line, most, self[f"line-{line.pk}"]) for line, most in self.lines]

    @property
    def quantities(self) -> dict[UUID, int]:
        """The quantity of each line that has one."""
        found = {line.pk: self.cleaned_data.get(f"line-{line.pk}") for line, _most in self.lines}
        return {key: quantity for key, quantity in found.items() if quantity}

    def clean(self) -> dict[str, Any]:
        """Require a quantity of at least one line."""
        cleaned = super().clean() or {}
        if not self.errors and not self.quantities:
            raise forms.ValidationError(_("Add at least one item."))
        return cleaned


_CARRIER_HELP = _("If the name is one of the list, the buyer gets a link to the carrier's page.")


class ShipForm(QuantitiesForm):
    """A parcel: its lines, carrier and tracking number."""

    carrier = forms.CharField(
        label=_("Carrier"), max_length=80, required=False, help_text=_CARRIER_HELP
    )
    carrier_names = staticmethod(carrier_names)
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        max_length=80,
        required=False,
        help_text=_("It is on the carrier's receipt. You can add it later."),
    )

    def __init__(self, *args: Any, vendor_order: VendorOrder, **kwargs: Any) -> None:
        lines = [(line, line.quantity_left) for line in vendor_order.lines.all()]
        super().__init__(
            *args, lines=[(line, left) for line, left in lines if left], full=True, **kwargs
        )


class TrackingForm(WatchedForm):
    """The number of a parcel that has left."""

    carrier = forms.CharField(
        label=_("Carrier"), max_length=80, required=False, help_text=_CARRIER_HELP
    )
    carrier_names = staticmethod(carrier_names)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=80)


class CancelForm(order_cancellation.CancelForm):
    """Why the cooperative cannot send the order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why can it not be sent?")
        self.fields["reason"].help_text = _("The buyer reads this reason.")
        self.fields["restock"].label = _("We still have the products: put them back in stock")
        self.fields["confirmed"].label = _("Yes, cancel the order")


class ReturnForm(QuantitiesForm):
    """What came back, and whether it can be sold again."""

    restock = forms.BooleanField(
        label=_("The products are undamaged: put them back in stock"), required=False, initial=True
    )
    reason = forms.CharField(label=_("What happened?"), max_length=200, required=False)

    def __init__(self, *args: Any, vendor_order: VendorOrder, **kwargs: Any) -> None:
        lines = [
            (line, line.quantity_shipped - line.quantity_returned)
            for line in vendor_order.lines.all()
        ]
        super().__init__(
            *args, lines=[(line, out) for line, out in lines if out > 0], full=False, **kwargs
        )
