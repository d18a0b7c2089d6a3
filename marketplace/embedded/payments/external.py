"""Payments that were made outside of the engine, entered with their amounts."""

from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.utils import timezone

from marketplace.embedded.actors import actor_fields
from marketplace.embedded.errors import refuse
from marketplace.embedded.metadata import MetadataItem, metadata_dict
from marketplace.embedded.models import App, Order, TransactionEvent, TransactionItem, User
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders import events as order_events
from marketplace.embedded.orders.amounts import refresh_amounts
from marketplace.embedded.payments.amounts import Amounts

# Each amount of the input: the transaction's column, and the type of the event that records it.
_RECORDED_AS = {
    "amount_authorized": ("authorized_minor", "AUTHORIZATION_SUCCESS"),
    "amount_charged": ("charged_minor", "CHARGE_SUCCESS"),
    "amount_refunded": ("refunded_minor", "REFUND_SUCCESS"),
    "amount_canceled": ("canceled_minor", "CANCEL_SUCCESS"),
}


class MoneyData(TypedDict):
    """An amount in major units of its currency."""

    amount: Decimal
    currency: str


class ExternalPaymentData(TypedDict, total=False):
    """A TransactionCreateInput."""

    name: str | None
    message: str | None
    psp_reference: str | None
    available_actions: list[Any] | None
    amount_authorized: MoneyData | None
    amount_charged: MoneyData | None
    amount_refunded: MoneyData | None
    amount_canceled: MoneyData | None
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None
    external_url: str | None


def amounts_in(data: ExternalPaymentData) -> dict[str, MoneyData | None]:
    """Return the amounts that an input gives, null included, by their names."""
    given: dict[str, Any] = dict(data)
    return {name: given[name] for name in _RECORDED_AS if name in given}


def external_payment(
    order: Order, data: ExternalPaymentData, *, at: datetime, by: App | User | None
) -> tuple[TransactionItem, list[TransactionEvent]]:
    """Return an unsaved payment of the order and its unsaved events, one for each amount.

    Refuses INCORRECT_CURRENCY.
    """
    actor = actor_fields(by)
    item = TransactionItem(
        order=order,
        **actor,
        app_identifier=actor["app"].identifier if actor["app"] else "",
        created_at=at,
        name=data.get("name") or "",
        message=data.get("message") or "",
        psp_reference=data.get("psp_reference") or "",
        external_url=data.get("external_url") or "",
        available_actions=[str(each.value) for each in data.get("available_actions") or []],
        currency=order.currency,
    )
    events = []
    for name, amount in amounts_in(data).items():
        if not amount or not amount["amount"]:
            continue
        if amount["currency"] != order.currency:
            message = f"Currency needs to be the same as for order: {order.currency}"
            raise refuse("INCORRECT_CURRENCY", message, field=name)
        column, kind = _RECORDED_AS[name]
        minor = to_minor(amount["amount"], order.currency)
        setattr(item, column, minor)
        events.append(_event(item, kind, minor))
    return item, events


def _event(item: TransactionItem, kind: str, amount_minor: int) -> TransactionEvent:
    return TransactionEvent(
        transaction=item,
        type=kind,
        psp_reference="",
        amount_minor=amount_minor,
        currency=item.currency,
        created_at=item.created_at,
        include_in_calculations=True,
        app=item.app,
        message="Manual adjustment of the transaction.",
    )


def add_external_payment(
    order: Order, data: ExternalPaymentData, *, by: App | User | None
) -> TransactionItem:
    """Add a payment to a locked order within the open write; refuses INCORRECT_CURRENCY."""
    item, events = external_payment(order, data, at=timezone.now(), by=by)
    item.metadata = metadata_dict(data.get("metadata"))
    item.private_metadata = metadata_dict(data.get("private_metadata"))
    item.save()
    TransactionEvent.objects.bulk_create(events)
    refresh_amounts(order)
    order_events.transaction_moved(order, before=Amounts(), transaction=item)
    return item
