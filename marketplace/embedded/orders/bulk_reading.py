"""Reading an imported order from its input: checked, with the prices that it states, unsaved."""

from typing import Any

from marketplace.embedded.addresses import AddressData, check_address
from marketplace.embedded.errors import CommandError
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.models import Address
from marketplace.embedded.orders.bulk_draft import Draft
from marketplace.embedded.orders.bulk_draft_delivery import add_delivery, add_fulfillments
from marketplace.embedded.orders.bulk_draft_lines import add_lines, add_totals
from marketplace.embedded.orders.bulk_draft_records import add_invoices, add_notes, add_payments
from marketplace.embedded.orders.bulk_inputs import OrderData
from marketplace.embedded.orders.bulk_lookups import Lookups


def read_order(data: OrderData, found: Lookups) -> Draft:
    """Return an order with what belongs to it; problems are recorded on the draft, not raised."""
    draft = Draft()
    channel = found.channels.get(data["channel"])
    if channel is None:
        draft.refuse("channel", "NOT_FOUND", f"Channel with slug {data['channel']} not found.")
        return draft
    if data["currency"] != channel.currency_code:
        message = f"Currency from input doesn't match channel's: {channel.currency_code}."
        draft.refuse("currency", "INCORRECT_CURRENCY", message)
        return draft
    draft.order.channel, draft.order.currency = channel, channel.currency_code
    _set_fields(draft, data, found)
    add_lines(draft, data["lines"], found)
    if draft.problems:
        return draft
    add_delivery(draft, data.get("delivery_method") or {}, found)
    add_fulfillments(draft, data.get("fulfillments") or [], found)
    add_totals(draft)
    add_payments(draft, data.get("transactions") or [])
    add_notes(draft, data.get("notes") or [], found)
    add_invoices(draft, data.get("invoices") or [])
    return draft


def _set_fields(draft: Draft, data: OrderData, found: Lookups) -> None:
    order = draft.order
    user = found.user(data["user"])
    email = data["user"].get("email")
    if user is None and not email:
        draft.refuse("user", "NOT_FOUND", "There is no user for this input, and no e-mail.")
    order.origin, order.status = "BULK_CREATE", _enum_text(data.get("status"), "UNFULFILLED")
    order.created_at = draft.past("createdAt", data["created_at"])
    order.user = user
    order.user_email = email or (user.email if user else "")
    order.external_reference = data.get("external_reference") or None
    order.language_code = stored_code(_enum_text(data["language_code"], "EN"))
    order.customer_note = data.get("customer_note") or ""
    order.redirect_url = data.get("redirect_url") or ""
    order.display_gross_prices = data.get("display_gross_prices") is not False
    order.weight_grams = round((data.get("weight") or 0) * 1000)
    order.metadata = metadata_dict(data.get("metadata"))
    order.private_metadata = metadata_dict(data.get("private_metadata"))
    order.billing_address = _address(draft, data["billing_address"], "billingAddress")
    order.shipping_address = _address(draft, data.get("shipping_address"), "shippingAddress")
    if order.external_reference in found.known_references:
        message = f"Order with external reference {order.external_reference} already exists."
        draft.refuse("externalReference", "UNIQUE", message)


def _enum_text(value: Any, default: str) -> str:
    return default if value is None else str(getattr(value, "value", value))


def _address(draft: Draft, data: AddressData | None, path: str) -> Address | None:
    if data is None:
        return None
    try:
        return Address(**check_address(data))
    except CommandError:
        draft.refuse(path, "INVALID", "The address is not valid.")
        return None
