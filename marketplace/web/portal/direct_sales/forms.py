"""Forms of direct sales: on a phone, in a hurry, beside the goods."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.direct_sales.models import DirectSale, PaidBy, Place
from marketplace.direct_sales.services.changing import LONGEST_REASON
from marketplace.direct_sales.wanted import Wanted, limit, moment_on
from marketplace.web.amounts import AmountField
from marketplace.web.dates import day_input
from marketplace.web.numbers import WholeNumberField


def document_field(**kwargs: Any) -> forms.FileField:
    """A photograph of a receipt, from the camera too, or a PDF file."""
    return forms.FileField(
        label=_("Receipt or invoice"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
        help_text=_("A photo or a PDF file, at most 10 MB. It proves the sale."),
        **kwargs,
    )


class SaleForm(forms.Form):
    """What was sold. ``key`` is made with the page, so that two taps record one sale."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    quantity = WholeNumberField(label=_("Quantity"), min_value=1, initial=1)
    unit_price = AmountField(label=_("Price of one piece"))
    paid_by = forms.ChoiceField(
        label=_("How was it paid?"), choices=PaidBy.choices, widget=forms.RadioSelect
    )
    place = forms.ChoiceField(
        label=_("Where was it sold?"), choices=Place.choices, widget=forms.RadioSelect
    )
    sold_on = forms.DateField(
        label=_("Day of the sale"), widget=day_input(), initial=timezone.localdate
    )

    def __init__(
        self, *args: Any, currency: str, zone: ZoneInfo, initial: dict[str, Any], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"key": uuid4(), "paid_by": PaidBy.CASH.value, **initial}
        super().__init__(*args, **kwargs)
        self.zone = zone
        price = self.fields["unit_price"]
        assert isinstance(price, AmountField)
        price.currency = currency
        price.label = _("Price of one piece (%(currency)s)") % {"currency": currency}
        quantity = self.fields["quantity"]
        assert isinstance(quantity, WholeNumberField)
        quantity.max_value = limit("pieces")

    def moment(self, day: date) -> datetime:
        """The moment that stands for a day."""
        return moment_on(day, self.zone)

    @property
    def wanted(self) -> Wanted:
        """The sale that was described."""
        given = self.cleaned_data
        return Wanted(
            quantity=given["quantity"],
            unit_price_minor=given["unit_price"].amount_minor,
            paid_by=given["paid_by"],
            place=given["place"],
            sold_at=self.moment(given["sold_on"]),
        )


class RecordForm(SaleForm):
    """A new sale, with its document if there is one."""

    document = document_field(required=False)


class ReasonForm(forms.Form):
    """Why something is changed; ``key`` makes it count once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("For example: wrong quantity. No names of buyers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()}
        super().__init__(*args, **kwargs)


class CorrectForm(SaleForm):
    """A sale said anew; ``seen`` is the number of the change that the page showed."""

    seen = WholeNumberField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("For example: wrong quantity. No names of buyers."),
    )

    def __init__(self, *args: Any, sale: DirectSale, **kwargs: Any) -> None:
        self.sale = sale
        initial = {
            "seen": sale.changes,
            "quantity": sale.quantity,
            "unit_price": Money(sale.unit_price_minor, sale.currency),
            "paid_by": sale.paid_by,
            "place": sale.place,
            "sold_on": sale.sold_on,
        }
        super().__init__(*args, currency=sale.currency, initial=initial, **kwargs)

    def moment(self, day: date) -> datetime:
        """The moment that it had, where the day is the same."""
        return self.sale.sold_at if day == self.sale.sold_on else super().moment(day)


class DocumentForm(forms.Form):
    """One more document."""

    document = document_field()
