"""Payments that were made elsewhere, entered with their amounts."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from marketplace.embedded.errors import refuse
from marketplace.embedded.models import App, Order, TransactionEvent, TransactionItem, User
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders import events as order_events
from marketplace.embedded.orders.amounts import refresh_amounts
from marketplace.embedded.payments.amounts import Amounts

KINDS = {
    "amount_authorized": ("authorized_minor", "AUTHORIZATION_SUCCESS"),
    "amount_charged": ("charged_minor", "CHARGE_SUCCESS"),
    "amount_refunded": ("refunded_minor", "REFUND_SUCCESS"),
    "amount_canceled": ("canceled_minor", "CANCEL_SUCCESS"),
}


def past_payment(
    order: Order, data: dict[str, Any], *, at: datetime, by: App | User | None
) -> tuple[TransactionItem, list[TransactionEvent]]:
    """Return an unsaved payment of the order and its unsaved events, one per amount.

    `data` has the fields of the API's input; amounts in major units with their currency.
    Refuses INCORRECT_CURRENCY.
    """
    app = by if isinstance(by, App) else None
    item = TransactionItem(
        order=order,
        app=app,
        user=by if isinstance(by, User) else None,
        app_identifier=app.identifier if app else "",
        created_at=at,
        name=data.get("name") or "",
        message=data.get("message") or "",
        psp_reference=data.get("psp_reference") or "",
        external_url=data.get("external_url") or "",
        available_actions=[str(each.value) for each in data.get("available_actions") or []],
        currency=order.currency,
    )
    events = []
    for field, (attribute, kind) in KINDS.items():
        amount = data.get(field)
        if not amount or not amount["amount"]:
            continue
        if amount["currency"] != order.currency:
            raise refuse(
                "INCORRECT_CURRENCY",
                f"Currency needs to be the same as for order: {order.currency}",
                field=field,
            )
        minor = to_minor(amount["amount"], order.currency)
        setattr(item, attribute, minor)
        events.append(
            TransactionEvent(
                transaction=item,
                type=kind,
                psp_reference="",
                amount_minor=minor,
                currency=order.currency,
                created_at=at,
                include_in_calculations=True,
                app=app,
                message="Manual adjustment of the transaction.",
            )
        )
    return item, events


def add_past_payment(
    order: Order,
    data: dict[str, Any],
    *,
    metadata: dict[str, str],
    private_metadata: dict[str, str],
    by: App | User | None,
) -> TransactionItem:
    """Add such a payment to a locked order within the open write, and tell of it."""
    item, events = past_payment(order, data, at=timezone.now(), by=by)
    item.metadata, item.private_metadata = metadata, private_metadata
    item.save()
    TransactionEvent.objects.bulk_create(events)
    refresh_amounts(order)
    order_events.transaction_moved(order, before=Amounts(), transaction=item)
    return item
