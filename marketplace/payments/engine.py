"""Calls of the engine for payments and refunds; each may be repeated without paying twice."""

import logging
from decimal import Decimal
from typing import Any

from marketplace.core.money import Money
from marketplace.payments.errors import PaymentRefused
from marketplace.payments.models import Payment, Refund
from marketplace.payments.providers import LATER, Answer, provider_named
from marketplace.payments.refund_grants import (
    as_decimal,
    grant_once,
    mark,
    mark_of,
    transaction_id_of,
)
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    OrderGrantedRefundStatusEnum,
    TransactionActionEnum,
    TransactionEventTypeEnum,
)
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from marketplace.saleor.gateway import app_client

logger = logging.getLogger(__name__)

# The prefix of references that we answer in place of an outcome.
RETRIED = "twiza-retried-"
# The engine's codes for a refund that was requested before.
IS_PENDING, IS_MADE = "REFUND_IS_PENDING", "REFUND_ALREADY_PROCESSED"


def refund(wanted: Refund) -> bool:
    """Grant a refund and request it of its transaction; True once the money went back.

    The reason carries our refund's id: a grant made before a crash is found and not made again.
    Raises EngineRefused or EngineUnavailable.
    """
    order, granted = grant_once(wanted)
    if is_reported(order.transactions, wanted):
        return True
    if granted.status == OrderGrantedRefundStatusEnum.PENDING:
        return _finish_by_report(wanted, list(order.transactions))
    return _request(wanted, granted.id)


def _request(wanted: Refund, granted_id: str) -> bool:
    """Request a granted refund; one that is under way or made already is no refusal."""
    asked = app_client().request_granted_refund(
        id=transaction_id_of(wanted.payment), granted_refund_id=granted_id
    )
    try:
        item = accepted(asked.transaction_request_refund_for_granted_refund).transaction
    except EngineRefused as refused:
        if set(refused.codes) == {IS_PENDING}:
            return False
        if set(refused.codes) == {IS_MADE}:
            return True
        raise
    return item is not None and is_reported([item], wanted)


def _finish_by_report(wanted: Refund, transactions: list[Any]) -> bool:
    """The engine's request had no body, so a reference was answered: refund and report now.

    False while the engine has not requested it yet.
    """
    of_payment = [t for t in transactions if t.id == transaction_id_of(wanted.payment)]
    amount = Money(wanted.total_minor, wanted.currency)
    references = [r for t in of_payment for r in _given_references(t, amount)]
    if not references:
        return False
    return _report(wanted.payment, amount, references[0], wanted.psp_reference, mark(wanted))


def _report(payment: Payment, amount: Money, reference: str, key: str, message: str = "") -> bool:
    """Refund at the provider and report it under the reference for which the engine waits."""
    try:
        done = provider_named(payment.provider).refund(payment, amount, key=key)
    except PaymentRefused as unknown:
        logger.warning("Refund %s is not known to be made: %s", key, unknown.code)
        return False
    if done.result == LATER:
        return False
    report_event(payment, done, reference=reference, message=message)
    return done.result == "REFUND_SUCCESS"


def report_event(payment: Payment, told: Answer, *, reference: str, message: str = "") -> None:
    """Report what became of a payment's transaction; repeating it changes nothing.

    Raises EngineRefused or EngineUnavailable.
    """
    answer = app_client().report_transaction_event(
        id=transaction_id_of(payment),
        type_=TransactionEventTypeEnum(told.result),
        psp_reference=reference,
        amount=as_decimal(told.amount),
        message=message or told.message,
        available_actions=[TransactionActionEnum(action) for action in told.actions],
    )
    accepted(answer.transaction_event_report)


def _given_references(item: Any, amount: Money) -> list[str]:
    """References that we answered in place of an outcome, and which have no outcome yet."""
    settled = {
        event.psp_reference
        for event in item.events
        if event.type_ != TransactionEventTypeEnum.REFUND_REQUEST
    }
    return [
        event.psp_reference
        for event in item.events
        if event.type_ == TransactionEventTypeEnum.REFUND_REQUEST
        and event.psp_reference.startswith(RETRIED)
        and event.psp_reference not in settled
        and Decimal(event.amount.fractional_amount).scaleb(-event.amount.fraction_digits)
        == amount.decimal
    ]


def report_refund(payment: Payment, done: Answer, *, key: str) -> None:
    """Report a refund whose outcome came later, under the reference that the engine waits for."""
    item = _transaction_of(payment)
    given = _given_references(item, done.amount) if item is not None else []
    known = {event.psp_reference for event in item.events} if item is not None else set()
    reference = key if key in known or not given else given[0]
    report_event(payment, done, reference=reference, message=mark_of(key))


def charge(payment: Payment, collected_minor: int) -> None:
    """Report a payment on delivery as charged up to what carriers have remitted; idempotent.

    It is reported rather than requested: a request comes back to us as a webhook, whose loss the
    engine notes as a failed charge and tells nobody. Raises EngineRefused or EngineUnavailable.
    """
    amount = Money(collected_minor - payment.charged_minor, payment.currency)
    done = provider_named(payment.provider).charge(payment, amount)
    report_event(payment, done, reference=f"twiza-charge-{payment.pk.hex}-{collected_minor}")


def return_payment(payment: Payment) -> bool:
    """Return a payment without an order: refund a charge, cancel an authorization.

    True once it is returned; repeated, it checks before it requests it again. Raises
    EngineRefused or EngineUnavailable.
    """
    item = _transaction_of(payment)
    if item is None:
        raise EngineUnavailable("the payment is not there")
    if not _is_back(item) and not int(item.refund_pending_amount.fractional_amount):
        item = _ask_back(payment)
    if item is not None and _is_back(item):
        return True
    amount = Money(payment.charged_minor, payment.currency)
    references = _given_references(item, amount) if item is not None else []
    key = f"twiza-return-{payment.pk.hex}"
    return bool(references) and _report(payment, amount, references[0], key)


def order_came_of(payment: Payment) -> bool:
    """Whether the engine made an order of the payment's checkout that is not here yet."""
    gid = payment.checkout_id and ids.find_global_id(ids.CHECKOUT, payment.checkout_id)
    found = app_client().order_by_checkout(gid).orders if gid else None
    return bool(found and found.edges)


def _ask_back(payment: Payment) -> Any:
    if payment.charged_minor:
        return _act(payment, TransactionActionEnum.REFUND, payment.charged_minor)
    return _act(payment, TransactionActionEnum.CANCEL, payment.authorized_minor)


def _transaction_of(payment: Payment) -> Any:
    """The engine's transaction, by its checkout or by the order that another payment paid."""
    client, gid = app_client(), transaction_id_of(payment)
    places: list[Any] = []
    if checkout_gid := payment.checkout_id and ids.find_global_id(
        ids.CHECKOUT, payment.checkout_id
    ):
        places.append(client.checkout_by_id(checkout_gid).checkout)
    if order_gid := ids.find_global_id(ids.ORDER, payment.order_id):
        places.append(client.order_by_id(order_gid).order)
    return next((t for place in places if place for t in place.transactions if t.id == gid), None)


def _is_back(item: Any) -> bool:
    held = (item.charged_amount, item.authorized_amount, item.refund_pending_amount)
    gone = (item.refunded_amount, item.canceled_amount)
    return not any(int(money.fractional_amount) for money in held) and any(
        int(money.fractional_amount) for money in gone
    )


def _act(payment: Payment, action: TransactionActionEnum, amount_minor: int) -> Any:
    answer = app_client().request_transaction_action(
        id=transaction_id_of(payment),
        action=action,
        amount=as_decimal(Money(amount_minor, payment.currency)),
    )
    return accepted(answer.transaction_request_action).transaction


def is_reported(transactions: list[Any], wanted: Refund) -> bool:
    """Whether the engine says that this refund went back."""
    return any(
        event.type_ == TransactionEventTypeEnum.REFUND_SUCCESS
        and (event.psp_reference == wanted.psp_reference or mark(wanted) in event.message)
        for transaction in transactions
        for event in transaction.events
    )
