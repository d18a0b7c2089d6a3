"""Granting refunds at the engine: each once, known by the id of our refund in its reason."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from marketplace.core.money import Money
from marketplace.payments.models import Payment, Refund
from marketplace.payments.models.refunds import REFUND_KEY
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import OrderGrantRefundCreateInput, OrderGrantRefundCreateLineInput
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from marketplace.saleor.gateway import app_client


def grant_once(wanted: Refund) -> tuple[Any, Any]:
    """The engine's order, and the refund granted on it: found, or made now.

    Raises EngineRefused or EngineUnavailable.
    """
    order = _order_of(wanted)
    if found := _granted(order, wanted):
        return order, found
    try:
        return order, _make_grant(wanted)
    except EngineRefused:
        # Granted already, by a call whose answer was lost.
        order = _order_of(wanted)
        if found := _granted(order, wanted):
            return order, found
        raise


def mark(wanted: Refund) -> str:
    """By what a refund is known in reasons and messages."""
    return f"[twiza:{wanted.pk}]"


def mark_of(key: str) -> str:
    """The mark of the refund of a provider's key; empty for a returned payment."""
    name = key.removeprefix(REFUND_KEY)
    return f"[twiza:{UUID(name)}]" if name != key else ""


def transaction_id_of(payment: Payment) -> str:
    """The engine's id of a payment's transaction."""
    return ids.global_id(ids.TRANSACTION, payment.pk)


def as_decimal(amount: Money) -> str:
    """An amount as the engine reads it."""
    return str(Decimal(amount.decimal))


def _order_of(wanted: Refund) -> Any:
    order = app_client().order_by_id(id=ids.global_id(ids.ORDER, wanted.order_id)).order
    if order is None:
        raise EngineUnavailable("the order is not there")
    return order


def _granted(order: Any, wanted: Refund) -> Any:
    name = mark(wanted)
    return next((g for g in order.granted_refunds if name in (g.reason or "")), None)


def _make_grant(wanted: Refund) -> Any:
    order_id = ids.global_id(ids.ORDER, wanted.order_id)
    answer = app_client().grant_refund(id=order_id, input=_input_of(wanted))
    made = accepted(answer.order_grant_refund_create).granted_refund
    if made is None:
        raise EngineUnavailable("no refund was granted")
    return made


def _input_of(wanted: Refund) -> OrderGrantRefundCreateInput:
    # Of a partial refund the engine is told the amount only.
    lines = {line.line_id: line.quantity for line in wanted.lines.all() if line.quantity}
    line_ids = ids.global_ids(ids.ORDER_LINE, list(lines))
    return OrderGrantRefundCreateInput(
        amount=as_decimal(Money(wanted.total_minor, wanted.currency)),
        reason=f"{wanted.reason} {mark(wanted)}".strip(),
        lines=[
            OrderGrantRefundCreateLineInput(id=line_ids[line_id], quantity=quantity)
            for line_id, quantity in lines.items()
        ],
        transaction_id=transaction_id_of(wanted.payment),
    )
