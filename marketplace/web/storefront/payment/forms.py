"""What a buyer types to pay by test card. Nothing of it is kept, logged or shown again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.payments.providers.test_card import digits_of

CARD_DIGITS = 16
CODE_DIGITS = 6


class _DigitsField(forms.CharField):
    """Digits of any script, with or without spaces; never put back into the page."""

    widget = forms.TextInput

    def __init__(self, *, digits: int, wrong: Any, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.digits = digits
        self.wrong = wrong

    def clean(self, value: Any) -> str:
        found = digits_of(super().clean(value))
        if len(found) != self.digits:
            raise forms.ValidationError(self.wrong)
        return found


class _Forgetful(forms.Form):
    """A form that shows its errors but not what was typed."""

    def forget(self) -> None:
        self.data = dict.fromkeys(self.fields, "")


class TestCardForm(_Forgetful):
    """The number of a test card."""

    number = _DigitsField(
        label=_("Card number"),
        digits=CARD_DIGITS,
        wrong=_("A card number has 16 digits. Example: 4242 4242 4242 4242"),
    )


class CodeForm(_Forgetful):
    """The code with which a bank asks the card's holder to confirm."""

    code = _DigitsField(
        label=_("Code from your bank"),
        digits=CODE_DIGITS,
        wrong=_("The code has 6 digits."),
    )
