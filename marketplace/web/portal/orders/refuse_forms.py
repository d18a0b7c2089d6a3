"""What of an order cannot be delivered: how many of each product, why, and what instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.queries import Offer
from marketplace.orders.models import RefusalReason, VendorOrder, VendorOrderLine
from marketplace.orders.refusal_errors import (
    NothingRefused,
    OwnWordsNeeded,
    SubstituteWrong,
    WhyNeeded,
)
from marketplace.orders.services.refuse import Refused
from marketplace.orders.services.substitutes import Instead
from marketplace.web.portal.orders.forms import QuantitiesForm
from marketplace.web.portal.orders.instead_fields import NAMES, instead_fields, names_of


@dataclass(frozen=True)
class Block:
    """The fields of one line; of what is offered instead none if nothing may be."""

    quantity: forms.BoundField
    reason: forms.BoundField
    instead: Sequence[forms.BoundField] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is said of what is offered instead."""
        return any(bound.value() or bound.errors for bound in self.instead)


class RefuseForm(QuantitiesForm):
    """A quantity and a reason for each line that is still to be sent; and what instead of it."""

    note = forms.CharField(
        label=_("Message to the buyer"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The buyer reads it, with the reasons."),
    )

    def __init__(
        self, *args: Any, vendor_order: VendorOrder, sold: Sequence[Offer] = (), **kwargs: Any
    ) -> None:
        lines = [(line, line.quantity_left) for line in vendor_order.lines.all()]
        super().__init__(
            *args, lines=[(line, left) for line, left in lines if left], full=False, **kwargs
        )
        for line, left in self.lines:
            self.fields[f"line-{line.pk}"].required = False
            # Empty says none: a zero that stands there makes "10" of a "1" that is typed.
            self.fields[f"line-{line.pk}"].initial = None
            self.fields[f"line-{line.pk}"].help_text = _(
                "How many of these can you not deliver? Still to be sent: %(left)s"
            ) % {"left": left}
            self.fields[f"reason-{line.pk}"] = forms.ChoiceField(
                label=_("Why?"),
                choices=[("", _("Choose")), *RefusalReason.choices],
                required=False,
                error_messages={"invalid_choice": WhyNeeded.message},
            )
            self.fields |= instead_fields(
                line, sold, market=vendor_order.order.market, currency=vendor_order.currency
            )
        self.order_fields([name for name in self.fields if name != "note"])

    @property
    def blocks(self) -> list[Block]:
        """Of each line how many, why, and what instead."""
        return [
            Block(
                self[f"line-{line.pk}"],
                self[f"reason-{line.pk}"],
                [self[name] for name in names_of(line.pk) if name in self.fields],
            )
            for line, _left in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        """A reason for each quantity, and own words for another reason than those of the list."""
        given = self.cleaned_data
        for line, _left in self.lines:
            quantity, reason = given.get(f"line-{line.pk}"), given.get(f"reason-{line.pk}")
            if quantity and not reason and f"reason-{line.pk}" not in self.errors:
                self.add_error(f"reason-{line.pk}", WhyNeeded.message)
            if not quantity and given.get(names_of(line.pk)[0]) and not self.errors:
                self.add_error(
                    f"line-{line.pk}",
                    _("Say how many of it you cannot deliver, or offer nothing instead."),
                )
            if quantity and reason == RefusalReason.OTHER and not given.get("note"):
                self.add_error("note", OwnWordsNeeded.message)
        if self.lines and not self.errors and not any(x.quantity for x in self.refused.values()):
            self.add_error(f"line-{self.lines[0][0].pk}", NothingRefused.message)
        return given

    def add_wrong(self, wrong: SubstituteWrong) -> None:
        """Say beside its field what of an offer is wrong."""
        for field, why in wrong.errors.items():
            self.add_error(NAMES[field] % wrong.line_id, why)

    @property
    def refused(self) -> dict[UUID, Refused]:
        """How many of each line are refused, why, and what is offered instead."""
        given = self.cleaned_data
        return {
            line.pk: Refused(
                given.get(f"line-{line.pk}") or 0,
                given.get(f"reason-{line.pk}") or "",
                self._instead(line),
            )
            for line, _left in self.lines
        }

    def _instead(self, line: VendorOrderLine) -> Instead | None:
        """Without a quantity as many as are refused; without a price the service says it."""
        variant, quantity, price = (self.cleaned_data.get(name) for name in names_of(line.pk))
        if not variant:
            return None
        return Instead(
            UUID(variant),
            quantity or self.cleaned_data.get(f"line-{line.pk}") or 0,
            price.amount_minor if price else None,
        )

    @property
    def told(self) -> list[tuple[VendorOrderLine, int, str]]:
        """What is refused, for the page that asks once more."""
        labels = dict(RefusalReason.choices)
        return [
            (line, found.quantity, str(labels[RefusalReason(found.reason)]))
            for line, _left in self.lines
            if (found := self.refused[line.pk]).quantity
        ]
