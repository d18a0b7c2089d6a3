"""The mediator's decision as it is filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.orders.models import CostBearer, Remedy
from marketplace.orders.services.complaints import Decision
from marketplace.web.amounts import AmountField, amount_in

REFUSE = "refuse"


class DecisionForm(forms.Form):
    """Refund all, a part, or nothing; who bears it; and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Remedy.REFUND, _("Refund the full price of the items")),
            (Remedy.PARTIAL_REFUND, _("Refund a part; the buyer keeps the items")),
            (REFUSE, pgettext_lazy("complaint", "No refund")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    amount = AmountField(label=_("Amount of a partial refund"), required=False)
    needs_return = forms.BooleanField(
        label=_("The items must come back first (full refund only)"), required=False
    )
    include_shipping = forms.BooleanField(
        label=_("Also refund the delivery cost (full refund only)"), required=False
    )
    borne_by = forms.ChoiceField(
        label=_("Who bears it?"),
        choices=[("", _("as the programme's rule says")), *CostBearer.choices],
        required=False,
        help_text=_(
            "What the carrier is to bear the programme pays; claim it from the carrier yourself."
        ),
    )
    text = forms.CharField(
        label=_("Reasons"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The buyer and the cooperative read them."),
    )
    confirmed = forms.BooleanField(
        label=_("I have read both sides; up to the limit the buyer is refunded immediately"),
        error_messages={"required": _("Tick the box to decide.")},
    )

    def __init__(self, *args: Any, currency: str, may_ship: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount_in(self, "amount").currency = currency
        if not may_ship:
            del self.fields["include_shipping"]

    def clean(self) -> dict[str, Any]:
        """A partial refund needs its amount."""
        given = super().clean() or {}
        is_partial = given.get("decision") == Remedy.PARTIAL_REFUND
        if is_partial and given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Enter the amount to refund."))
        return given

    @property
    def decided(self) -> Decision:
        """As the service takes it."""
        given = self.cleaned_data
        amount = given.get("amount")
        is_whole = given["decision"] == Remedy.REFUND
        return Decision(
            text=given["text"],
            remedy="" if given["decision"] == REFUSE else given["decision"],
            amount_minor=amount.amount_minor if amount else None,
            needs_return=is_whole and given["needs_return"],
            include_shipping=is_whole and bool(given.get("include_shipping")),
            borne_by=given["borne_by"],
        )
