"""The engine's refusals in the reader's words: by code and field, never by its English sentences.

A code that has no words here becomes a plain sentence with the request's number, under which the
log has the engine's own.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.logs import request_id

_BY_WORDS: dict[Promise, str] = {
    gettext_lazy("The shop's engine needs a value that is missing."): "REQUIRED BLANK",
    gettext_lazy("The shop's engine does not take this value."): (
        "INVALID INVALID_PRICE INVALID_QUANTITY ZERO_QUANTITY"
    ),
    gettext_lazy("This is too long for the shop's engine."): "MAX_LENGTH NOTE_LENGTH",
    gettext_lazy("The shop's engine has another one with this name or code already."): (
        "UNIQUE ALREADY_EXISTS ATTRIBUTE_ALREADY_ASSIGNED MEDIA_ALREADY_ASSIGNED"
    ),
    gettext_lazy("The same thing was given twice."): "DUPLICATED_INPUT_ITEM",
    gettext_lazy("The shop's engine does not have this any more."): "NOT_FOUND NON_EXISTING_STOCK",
    gettext_lazy("Twiza lacks the permission for this in the shop's engine."): (
        "PermissionDenied FORBIDDEN INVALID_PERMISSION OUT_OF_SCOPE_APP OUT_OF_SCOPE_PERMISSION "
        "OUT_OF_SCOPE_USER OUT_OF_SCOPE_GROUP JWT_INVALID_TOKEN JWT_SIGNATURE_EXPIRED"
    ),
    gettext_lazy("There is not enough in stock."): "INSUFFICIENT_STOCK FULFILL_ORDER_LINE",
    gettext_lazy("This is not on sale at the moment."): (
        "PRODUCT_NOT_PUBLISHED PRODUCT_UNAVAILABLE_FOR_PURCHASE UNAVAILABLE_VARIANT_IN_CHANNEL "
        "NOT_AVAILABLE_IN_CHANNEL PRODUCT_NOT_ASSIGNED_TO_CHANNEL"
    ),
    gettext_lazy("The state that this has in the shop's engine does not permit it."): (
        "CANNOT_CANCEL_ORDER CANNOT_CANCEL_FULFILLMENT CANNOT_DELETE NOT_EDITABLE "
        "CHANNEL_INACTIVE CANNOT_FULFILL_UNPAID_ORDER"
    ),
    gettext_lazy("This is under way already. Wait a moment."): (
        "CHECKOUT_COMPLETION_IN_PROGRESS REFUND_IS_PENDING REFUND_ALREADY_PROCESSED "
        "TRANSACTION_ALREADY_PROCESSED"
    ),
    gettext_lazy("The shop's engine does not permit this for the payment."): (
        "CHECKOUT_NOT_FULLY_PAID AMOUNT_GREATER_THAN_AVAILABLE CANNOT_REFUND PAYMENT_ERROR "
        "PAYMENT_MISSING TRANSACTION_ERROR"
    ),
    gettext_lazy("The tax could not be calculated. Try again in a moment."): "TAX_ERROR",
    gettext_lazy("The shop's engine does not take this file."): (
        "INVALID_FILE_TYPE UNSUPPORTED_MIME_TYPE UNSUPPORTED_MEDIA_PROVIDER "
        "FILE_SIZE_LIMIT_EXCEEDED NOT_PRODUCTS_IMAGE"
    ),
    gettext_lazy("The name or the password is wrong."): "INVALID_CREDENTIALS INVALID_PASSWORD",
    gettext_lazy("The shop's engine gave no answer. Try again in a moment."): "NO_ANSWER",
}
CODES = {code: words for words, codes in _BY_WORDS.items() for code in codes.split()}
FIELDS: dict[str, str | Promise] = {
    "firstName": gettext_lazy("Name"),
    "lastName": gettext_lazy("Name"),
    "companyName": gettext_lazy("Name"),
    "name": gettext_lazy("Name"),
    "title": gettext_lazy("Name"),
    "streetAddress1": gettext_lazy("Street and number"),
    "city": gettext_lazy("City"),
    "postalCode": gettext_lazy("Postal code"),
    "countryArea": gettext_lazy("Province"),
    "country": gettext_lazy("Country"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail address"),
    "slug": gettext_lazy("Address of the page"),
    "sku": gettext_lazy("Code"),
    "price": gettext_lazy("Price"),
    "weight": gettext_lazy("Weight"),
    "quantity": gettext_lazy("Quantity"),
    "description": gettext_lazy("Description"),
    "category": gettext_lazy("Category"),
    "amount": gettext_lazy("Amount"),
    "trackingNumber": gettext_lazy("Tracking number"),
}


def in_words(errors: Iterable[Mapping[str, Any]], number: str = "") -> str:
    """The sentences of a refusal, each once; ``number`` is the request's, by default this one's."""
    told = []
    for error in errors:
        why = CODES.get(str(error.get("code") or ""))
        name = FIELDS.get(last_step(error.get("field")))
        if why is None:
            told.append(unknown(number))
        elif name is None:
            told.append(str(why))
        else:
            told.append(_("%(field)s: %(why)s") % {"field": name, "why": why})
    return " ".join(dict.fromkeys(told)) or unknown(number)


def unknown(number: str = "") -> str:
    """The sentence for what has no words of its own."""
    words = _(
        "The shop's engine did not accept this. If it happens again, give the operator this "
        "number: %(number)s"
    )
    return words % {"number": number or request_id.get()}


def last_step(field: Any) -> str:
    """The field of a path such as ``input.shippingAddress.postalCode``."""
    return str(field or "").rpartition(".")[2]
