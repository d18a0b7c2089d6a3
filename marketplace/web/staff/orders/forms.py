"""Forms of staff: evidence of a delivery, a carrier's file, why an order is cancelled."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.orders.services.read_carrier_file import MOST_BYTES
from marketplace.web import order_cancellation


class DeliveryForm(forms.Form):
    """When a parcel arrived, and the evidence."""

    delivered_at = forms.DateTimeField(
        label=_("Delivered on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    )
    reference = forms.CharField(
        label=_("Proof of delivery"),
        max_length=160,
        help_text=_("For example the carrier's delivery receipt, or a call with the buyer."),
    )
    confirmed = forms.BooleanField(
        label=_("I have checked the delivery; the amount becomes available to the cooperative"),
        error_messages={"required": _("Tick the box to record the delivery.")},
    )

    def clean_delivered_at(self) -> datetime:
        """Not in the future."""
        found: datetime = self.cleaned_data["delivered_at"]
        if found > timezone.now():
            raise forms.ValidationError(_("This time is in the future."))
        return found


class CarrierFileForm(forms.Form):
    """A carrier's list of deliveries."""

    file = forms.FileField(
        label=_("The carrier's file (CSV)"),
        help_text=_("Columns: tracking_number, status and delivered_at."),
    )

    def clean_file(self) -> tuple[str, bytes]:
        """The file's name and content; one above 2 MB is refused unread."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        content: bytes = uploaded.read()
        return str(uploaded.name), content


class CancelForm(order_cancellation.CancelForm):
    """Why a cooperative's part is cancelled."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason")
        self.fields["reason"].help_text = _("The buyer reads this reason.")
        self.fields["restock"].label = _("The products are available: put them back in stock")
        self.fields["restock"].initial = True
        self.fields["confirmed"].label = _("Yes, cancel this cooperative's part of the order")


def now_for_input() -> dict[str, Any]:
    """What a delivery form starts with."""
    return {"delivered_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M")}
