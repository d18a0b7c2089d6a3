"""The engine's refusals of a checkout, in the buyer's words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core.directions import as_code
from marketplace.core.errors import TwizaError
from marketplace.core.phones import BadPhoneNumber
from marketplace.core.postal_addresses import country_rules
from marketplace.core.word_lists import listed
from marketplace.orders.attempt_data import AttemptLine
from marketplace.orders.errors import (
    AddressRefused,
    CannotBeSentThere,
    CheckoutExpired,
    CheckoutRefused,
    ExpiredWhilePaying,
    NotEnoughInStock,
    NotForSale,
    NotPaid,
    PlacedLater,
    SoldWhilePaying,
)
from marketplace.orders.models import CheckoutAttempt, PaymentMethod
from marketplace.orders.price_offer_errors import (
    PriceOfferAboveEngineLimit,
    PriceOfferNotInStock,
)
from marketplace.orders.quantity_errors import TooManyForOneOrder
from marketplace.orders.services.checkout.shortages import above_limits, shortages
from marketplace.orders.voucher_errors import VoucherGoneWhilePaying, VoucherUsedUp
from marketplace.saleor import ids
from marketplace.saleor.errors import EngineRefused

INSUFFICIENT_STOCK = "INSUFFICIENT_STOCK"
QUANTITY_ABOVE_LIMIT = "QUANTITY_GREATER_THAN_LIMIT"
# The engine's address fields, and ours.
_FIELDS = {
    "firstName": "name",
    "lastName": "name",
    "streetAddress1": "line1",
    "streetAddress2": "line2",
    "city": "city",
    "cityArea": "city",
    "postalCode": "postal_code",
    "countryArea": "region_code",
    "country": "country_code",
    "phone": "phone",
    "email": "email",
}
_NOT_SOLD = {
    "PRODUCT_NOT_PUBLISHED",
    "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
    "UNAVAILABLE_VARIANT_IN_CHANNEL",
}
_NOT_SENT = {
    "INVALID_SHIPPING_METHOD",
    "SHIPPING_METHOD_NOT_APPLICABLE",
    "DELIVERY_METHOD_NOT_APPLICABLE",
    "SHIPPING_METHOD_NOT_SET",
}

# The order in which they are looked for, of refusals that need no fact of the attempt.
_WITHOUT_FACTS: dict[str, type[TwizaError]] = {
    "VOUCHER_NOT_APPLICABLE": VoucherUsedUp,
    "CHECKOUT_NOT_FULLY_PAID": NotPaid,
    "NOT_FOUND": CheckoutExpired,
}


def in_buyers_words(refused: EngineRefused, attempt: CheckoutAttempt) -> TwizaError:
    """The error to raise for a refusal of the engine."""
    codes = set(refused.codes)
    if INSUFFICIENT_STOCK in codes:
        return out_of_stock(refused.errors, attempt)
    if QUANTITY_ABOVE_LIMIT in codes:
        is_offer = attempt.price_offer_id is not None
        return (
            PriceOfferAboveEngineLimit() if is_offer else TooManyForOneOrder(above_limits(attempt))
        )
    if codes & _NOT_SOLD:
        return NotForSale()
    if codes & _NOT_SENT:
        return CannotBeSentThere(titles=listed(_titles(attempt.lines)))
    for code, error in _WITHOUT_FACTS.items():
        if code in codes:
            return error()
    country = attempt.address.country_code
    fields = {
        _FIELDS[str(error["field"])]: _of_field(
            str(error.get("code")), str(error["field"]), country
        )
        for error in refused.errors
        if str(error.get("field")) in _FIELDS
    }
    return AddressRefused(fields) if fields else CheckoutRefused()


def _of_field(code: str, field: str, country: str) -> str:
    """What is wrong with a field of the address, with an example of its country."""
    example = country_rules(country).postal_code_example
    if field == "phone" and code == "INVALID":
        return str(BadPhoneNumber(country))
    if field == "postalCode" and code == "INVALID" and example:
        words = _("Check the postal code. Example: %(example)s")
        return words % {"example": as_code(example)}
    return _("This field is required.") if code == "REQUIRED" else _("Check this field.")


def record_refusal(refused: EngineRefused, attempt: CheckoutAttempt) -> TwizaError:
    """Note the refusal on the attempt; returns the error to raise."""
    attempt.last_error = ", ".join(refused.codes)[:200]
    attempt.save(update_fields=["last_error", "updated_at"])
    return in_buyers_words(refused, attempt)


def after_payment(error: TwizaError, attempt: CheckoutAttempt) -> TwizaError:
    """The same refusal for a buyer whose card was charged before it: what becomes of the money."""
    if attempt.payment_method != PaymentMethod.CARD or isinstance(error, NotPaid):
        return error
    if isinstance(error, NotEnoughInStock):
        return SoldWhilePaying(error.short)
    if isinstance(error, VoucherUsedUp):
        return VoucherGoneWhilePaying()
    if isinstance(error, CheckoutExpired):
        return ExpiredWhilePaying()
    return PlacedLater()


def out_of_stock(errors: Iterable[dict[str, Any]], attempt: CheckoutAttempt) -> NotEnoughInStock:
    """Names the listings of which there are too few, and how many of each are there."""
    gids = [gid for error in errors for gid in (error.get("variants") or ())]
    named = {str(our_id) for our_id in ids.our_ids(ids.VARIANT, gids).values()}
    error = NotEnoughInStock if attempt.price_offer_id is None else PriceOfferNotInStock
    return error(shortages(attempt, named))


def _titles(lines: Iterable[AttemptLine]) -> list[str]:
    return [line["title"] for line in lines]
