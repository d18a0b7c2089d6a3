"""What the mutations of payments are about: a checkout, an order or a transaction."""

from decimal import Decimal
from typing import Any

from marketplace.embedded import ids, models
from marketplace.embedded.checkouts.prices import refresh_prices
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.money import to_minor
from marketplace.embedded.payments import sessions


def find_source(global_id: str) -> models.Checkout | models.Order:
    """Return the order, or the checkout with valid prices; refuses NOT_FOUND and INVALID."""
    decoded = ids.from_global_id(global_id)
    if decoded is None or decoded.type_name not in ("Checkout", "Order"):
        raise refuse("INVALID", "Expected `Checkout` or `Order` ID.", field="id")
    if decoded.type_name == "Order":
        return ids.fetch(models.Order.objects.select_related("channel"), global_id, "Order")
    rows = models.Checkout.objects.select_related("channel")
    return refresh_prices(ids.fetch(rows.all(), global_id, "Checkout"))


def amount_or_open(source: models.Checkout | models.Order, amount: Decimal | None) -> int:
    """Return an amount in minor units; without one, what is still to be paid."""
    return sessions.open_amount(source) if amount is None else to_minor(amount, source.currency)


def find_transaction(arguments: dict[str, Any]) -> models.TransactionItem:
    """Return the transaction that `id` or `token` names; refuses NOT_FOUND."""
    global_id = arguments.get("id")
    if arguments.get("token") is not None:
        global_id = ids.to_global_id("TransactionItem", arguments["token"])
    return ids.fetch(models.TransactionItem.objects.all(), global_id, "TransactionItem")


def require_payment_app(context: RequestContext) -> None:
    """Raise PermissionDenied unless the caller is an App that handles payments."""
    if context.app is None:
        raise PermissionDenied(("HANDLE_PAYMENTS",))
    context.require("HANDLE_PAYMENTS")
