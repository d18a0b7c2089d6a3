"""What this room asks of the engine; each call may be repeated without paying twice."""

from decimal import Decimal
from typing import Any

from marketplace.core.money import Money
from marketplace.payments.models import Payment, Refund
from marketplace.payments.providers import provider_named
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    OrderGrantedRefundStatusEnum,
    OrderGrantRefundCreateInput,
    OrderGrantRefundCreateLineInput,
    TransactionActionEnum,
    TransactionEventTypeEnum,
)
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client


def refund(wanted: Refund) -> bool:
    """Grant a refund and request it of its transaction; True once the money went back.

    The reason carries our refund's id: a grant made before a crash is found and not made again.
    Raises EngineRefused or EngineUnavailable.
    """
    client = app_client()
    order_id = ids.global_id(ids.ORDER, wanted.order_id)
    order = client.order_by_id(id=order_id).order
    if order is None:
        raise EngineUnavailable("the order is not there")
    mark = _mark(wanted)
    granted = next((g for g in order.granted_refunds if mark in (g.reason or "")), None)
    if granted is None:
        answer = client.grant_refund(id=order_id, input=_grant(wanted, mark))
        made = accepted(answer.order_grant_refund_create).granted_refund
        if made is None:
            raise EngineUnavailable("no refund was granted")
        granted_id, pending = made.id, False
    else:
        granted_id = granted.id
        pending = granted.status == OrderGrantedRefundStatusEnum.PENDING
    if _reported(order.transactions, wanted):
        return True
    if pending:
        return _finish_by_report(wanted)
    asked = client.request_granted_refund(
        id=transaction_id_of(wanted.payment), granted_refund_id=granted_id
    )
    item = accepted(asked.transaction_request_refund_for_granted_refund).transaction
    return item is not None and _reported([item], wanted)


def _finish_by_report(wanted: Refund) -> bool:
    """The engine asked without a body and was given a reference only: do it now, and report."""
    amount = Money(wanted.total_minor, wanted.currency)
    done = provider_named(wanted.payment.provider).refund(wanted.payment, amount)
    answer = app_client().report_transaction_event(
        id=transaction_id_of(wanted.payment),
        type_=TransactionEventTypeEnum(done.result),
        psp_reference=wanted.psp_reference,
        amount=_decimal(amount),
    )
    accepted(answer.transaction_event_report)
    return done.result == "REFUND_SUCCESS"


def charge(payment: Payment, amount_minor: int) -> None:
    """Charge what was promised on delivery: the carrier brought the cash back."""
    _act(payment, TransactionActionEnum.CHARGE, amount_minor)


def give_back(payment: Payment) -> None:
    """Return a payment of which no order came: refund a charge, cancel a promise."""
    if payment.charged_minor:
        _act(payment, TransactionActionEnum.REFUND, payment.charged_minor)
    elif payment.authorized_minor:
        _act(payment, TransactionActionEnum.CANCEL, payment.authorized_minor)


def _act(payment: Payment, action: TransactionActionEnum, amount_minor: int) -> None:
    answer = app_client().request_transaction_action(
        id=transaction_id_of(payment),
        action=action,
        amount=_decimal(Money(amount_minor, payment.currency)),
    )
    accepted(answer.transaction_request_action)


def transaction_id_of(payment: Payment) -> str:
    """The engine's id of a payment's transaction."""
    return ids.global_id(ids.TRANSACTION, payment.pk)


def _grant(wanted: Refund, mark: str) -> OrderGrantRefundCreateInput:
    lines = {line.line_id: line.quantity for line in wanted.lines.all()}
    line_ids = ids.global_ids(ids.ORDER_LINE, list(lines))
    return OrderGrantRefundCreateInput(
        amount=_decimal(Money(wanted.total_minor, wanted.currency)),
        reason=f"{wanted.reason} {mark}".strip(),
        lines=[
            OrderGrantRefundCreateLineInput(id=line_ids[line_id], quantity=quantity)
            for line_id, quantity in lines.items()
        ],
        transaction_id=transaction_id_of(wanted.payment),
    )


def _reported(transactions: list[Any], wanted: Refund) -> bool:
    return any(
        event.psp_reference == wanted.psp_reference
        and event.type_ == TransactionEventTypeEnum.REFUND_SUCCESS
        for transaction in transactions
        for event in transaction.events
    )


def _mark(wanted: Refund) -> str:
    return f"[twiza:{wanted.pk}]"


def _decimal(amount: Money) -> str:
    return str(Decimal(amount.decimal))
