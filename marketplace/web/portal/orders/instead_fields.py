"""The fields of what is offered instead of a line that cannot be delivered."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalog.queries import Offer
from marketplace.core.amounts import PRICE
from marketplace.core.formats import Format
from marketplace.orders.models import VendorOrderLine
from marketplace.web.amounts import AmountField
from marketplace.web.numbers import WholeNumberField

# By what ``SubstituteWrong`` says is wrong.
NAMES = {
    "variant": "instead-%s",
    "quantity": "instead-quantity-%s",
    "price": "instead-price-%s",
}


def names_of(line_id: UUID) -> list[str]:
    """The fields of a line: what, how many, at which price."""
    return [name % line_id for name in NAMES.values()]


def instead_fields(
    line: VendorOrderLine, sold: Iterable[Offer], *, market: str, currency: str
) -> dict[str, forms.Field]:
    """The fields by name; none where nothing else is for sale."""
    choices = [
        (str(offer.variant_id), _label(offer, market))
        for offer in sold
        if offer.variant_id != line.variant_id
    ]
    if not choices:
        return {}
    variant, quantity, price = names_of(line.pk)
    return {
        variant: forms.ChoiceField(
            label=_("Which product?"),
            choices=[("", _("None: the money goes back")), *choices],
            required=False,
            error_messages={"invalid_choice": _("Choose a product of the list.")},
        ),
        quantity: WholeNumberField(
            label=_("How many instead?"),
            min_value=1,
            required=False,
            help_text=_("Left empty: as many as you cannot deliver."),
        ),
        price: _price(currency),
    }


def _price(currency: str) -> AmountField:
    return AmountField(
        label=f"{_now('Price of one piece')} ({currency})",
        currency=currency,
        limits=PRICE,
        required=False,
        help_text=_("Left empty: the usual price, or less if the buyer had paid less."),
    )


def _label(offer: Offer, market: str) -> str:
    """The price first: a phone cuts off the end of what is chosen, and names are long."""
    language = get_language() or "ar"
    written = Format(language, market)
    return _now("%(price)s · %(product)s (%(count)s in stock)") % {
        "product": offer.title(language),
        "price": written.money(offer.amount_minor, offer.currency),
        "count": written.number(offer.available),
    }
