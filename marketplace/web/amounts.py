"""Fields of money: what is typed is read by language and currency, and repeated beside the field.

Where two readings are likely the form shows both, and the choice is sent with it. Every amount that
a person types into a form is read here.
"""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.amounts import (
    PRICE,
    AmbiguousAmount,
    Limits,
    UnreadableAmount,
    typed_amount,
)
from marketplace.core.formats import Format
from marketplace.core.money import Money
from marketplace.web.ui.amounts import (
    LONGEST,
    Reading,
    TypedAmount,
    read_typed,
    reading_of,
    reading_url,
    typed_in,
)

UNUSUAL = "amount_unusual"


class AmountInput(forms.TextInput):
    """A text with the answers beside it; asks how it is read while somebody types."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedAmount | None:  # noqa: ARG002
        """None where the field was not sent at all."""
        return typed_in(data, name) if name in data else None


class AmountField(forms.CharField):
    """An amount of money, cleaned to Money, None where nothing was typed.

    ``currency_input`` is the id of the control that names the currency where the person chooses it;
    the form then sets ``currency`` to what was sent.
    """

    widget = AmountInput

    def __init__(
        self,
        *,
        currency: str = "",
        limits: Limits = PRICE,
        currency_input: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(**kwargs)
        self.currency, self.limits, self.currency_input = currency, limits, currency_input
        self.widget.attrs["inputmode"] = "decimal"
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value: Any) -> Any:
        """Money as a person would type it, so that an untouched field is read as the same."""
        if isinstance(value, Money):
            return typed_amount(value, get_language() or "ar")
        return value

    def clean(self, value: Any) -> Money | None:
        """The amount that was meant; a refusal says what to type."""
        if not super().clean(value):
            return None
        try:
            return read_typed(value, self.currency, self.limits)
        except (AmbiguousAmount, UnreadableAmount) as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def reading(self, bound: forms.BoundField) -> Reading:
        """What the page says beside the field."""
        value = bound.value()
        typed = value if isinstance(value, TypedAmount) else TypedAmount.of(str(value or ""))
        found = reading_of(bound.html_name, typed, self.currency, self.limits)
        asked = any(error.code == UNUSUAL for error in bound.errors.as_data())
        confirmed = found.amount is not None and is_confirmed(typed, found.amount)
        return Reading(
            found.name,
            amount=found.amount,
            readings=found.readings,
            # An error above says it already.
            refusal="" if bound.errors else found.refusal,
            question=found.amount if asked or confirmed else None,
            is_confirmed=confirmed,
        )

    def live(self, bound: forms.BoundField, market: str) -> dict[str, str]:
        """Attributes by which the page says it while somebody types."""
        url = reading_url(
            bound.html_name,
            "" if self.currency_input else self.currency,
            self.limits,
            language=get_language() or "ar",
            market=market,
        )
        asks = {
            "hx-get": url,
            # Not when the field is left: a reading that was just chosen would be chosen no more.
            "hx-trigger": "input delay:250ms",
            "hx-target": f"#{bound.auto_id}_reading",
            "hx-sync": "this:replace",
        }
        return asks | ({"hx-include": f"#{self.currency_input}"} if self.currency_input else {})


def amount_in(form: forms.BaseForm, name: str) -> AmountField:
    """A form's field of money; raises TypeError for another one."""
    found = form.fields[name]
    if not isinstance(found, AmountField):
        raise TypeError(name)
    return found


def is_confirmed(typed: str | None, amount: Money) -> bool:
    """Whether the person has confirmed this very amount."""
    return getattr(typed, "confirmed", "") == str(amount.amount_minor)


def unusual(amount: Money, usual: Money) -> forms.ValidationError:
    """The question about an amount far from usual ones; the field then asks to confirm it."""
    show = Format(get_language() or "ar").money
    text = _("You entered %(amount)s; usual prices here are about %(usual)s. Is this right?")
    told = {
        "amount": show(amount.amount_minor, amount.currency),
        "usual": show(usual.amount_minor, usual.currency),
    }
    return forms.ValidationError(text % told, code=UNUSUAL)
