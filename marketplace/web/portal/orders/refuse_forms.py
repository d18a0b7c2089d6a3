"""What of an order cannot be delivered: how many of each product, why, and a word to the buyer."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.orders.models import RefusalReason, VendorOrder, VendorOrderLine
from marketplace.orders.refusal_errors import NothingRefused, OwnWordsNeeded, WhyNeeded
from marketplace.orders.services.refuse import Refused
from marketplace.web.portal.orders.forms import QuantitiesForm


class RefuseForm(QuantitiesForm):
    """A quantity and a reason for each line that is still to be sent."""

    note = forms.CharField(
        label=_("Message to the buyer"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The buyer reads it, with the reasons."),
    )

    def __init__(self, *args: Any, vendor_order: VendorOrder, **kwargs: Any) -> None:
        lines = [(line, line.quantity_left) for line in vendor_order.lines.all()]
        super().__init__(
            *args, lines=[(line, left) for line, left in lines if left], full=False, **kwargs
        )
        for line, left in self.lines:
            self.fields[f"line-{line.pk}"].required = False
            self.fields[f"line-{line.pk}"].help_text = _(
                "How many of these can you not deliver? Still to be sent: %(left)s"
            ) % {"left": left}
            self.fields[f"reason-{line.pk}"] = forms.ChoiceField(
                label=_("Why?"),
                choices=[("", _("Choose")), *RefusalReason.choices],
                required=False,
                error_messages={"invalid_choice": WhyNeeded.message},
            )
        self.order_fields([name for name in self.fields if name != "note"])

    @property
    def blocks(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Of each line how many, and why."""
        return [(self[f"line-{line.pk}"], self[f"reason-{line.pk}"]) for line, _ in self.lines]

    def clean(self) -> dict[str, Any]:
        """A reason for each quantity, and own words for another reason than those of the list."""
        given = self.cleaned_data
        for line, _left in self.lines:
            quantity, reason = given.get(f"line-{line.pk}"), given.get(f"reason-{line.pk}")
            if quantity and not reason and f"reason-{line.pk}" not in self.errors:
                self.add_error(f"reason-{line.pk}", WhyNeeded.message)
            if quantity and reason == RefusalReason.OTHER and not given.get("note"):
                self.add_error("note", OwnWordsNeeded.message)
        if self.lines and not self.errors and not any(x.quantity for x in self.refused.values()):
            self.add_error(f"line-{self.lines[0][0].pk}", NothingRefused.message)
        return given

    @property
    def refused(self) -> dict[UUID, Refused]:
        """How many of each line are refused, and why."""
        given = self.cleaned_data
        return {
            line.pk: Refused(
                given.get(f"line-{line.pk}") or 0, given.get(f"reason-{line.pk}") or ""
            )
            for line, _left in self.lines
        }

    @property
    def told(self) -> list[tuple[VendorOrderLine, int, str]]:
        """What is refused, for the page that asks once more."""
        labels = dict(RefusalReason.choices)
        return [
            (line, found.quantity, str(labels[RefusalReason(found.reason)]))
            for line, _left in self.lines
            if (found := self.refused[line.pk]).quantity
        ]
