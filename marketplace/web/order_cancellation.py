"""Cancelling a cooperative's part of an order, from the portal and from the staff's pages."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.errors import TwizaError
from marketplace.payments.errors import SecondPersonNeeded
from marketplace.saleor.errors import EngineUnavailable


class CancelForm(forms.Form):
    """The reason, whether the products go back into stock, and a box to tick.

    Each audience names the fields in its own words.
    """

    reason = forms.CharField(max_length=200)
    restock = forms.BooleanField(required=False)
    confirmed = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick the box to cancel the order.")}
    )


def cancel_by_form(
    request: HttpRequest, form: CancelForm, cancel: Callable[..., object], *, done: str
) -> bool:
    """Cancel if the form is valid, and tell the outcome; False while the form is to be shown.

    ``cancel`` takes the reason and whether to restock; ``done`` is the message on success. A
    refusal, or an engine that does not answer, is told too. Raises SecondPersonNeeded.
    """
    if not form.is_valid():
        return False
    try:
        cancel(reason=form.cleaned_data["reason"], restock=form.cleaned_data["restock"])
    except SecondPersonNeeded:
        raise
    except EngineUnavailable:
        messages.warning(request, _("Cancelled. The shop is updated in a moment."))
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return True
