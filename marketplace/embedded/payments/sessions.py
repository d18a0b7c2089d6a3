"""A buyer's payment with an App's provider: its start, further steps and outcome."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from marketplace.embedded import unit_of_work, webhooks
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.app import App
from marketplace.embedded.models.checkout import Checkout
from marketplace.embedded.models.order import Order
from marketplace.embedded.models.payment import TransactionEvent, TransactionItem
from marketplace.embedded.payments.responses import ResponseInvalid, read_session_response
from marketplace.embedded.payments.transaction_events import (
    EventContradicts,
    Report,
    add_event,
    add_failure,
    lock_transaction,
    recount,
    refresh_source,
)

FINAL = tuple(
    f"{kind}_{outcome}"
    for kind in ("AUTHORIZATION", "CHARGE")
    for outcome in ("FAILURE", "SUCCESS", "REQUEST")
)
COUNTED = ("AUTHORIZATION_REQUEST", "AUTHORIZATION_SUCCESS", "CHARGE_REQUEST", "CHARGE_SUCCESS")


@dataclass(frozen=True, slots=True)
class Session:
    """The subject of a session's webhook; the amount is in minor units."""

    transaction: TransactionItem
    source: Checkout | Order
    action: str
    amount_minor: int
    data: Any
    customer_ip_address: str | None
    idempotency_key: str

    @property
    def pk(self) -> object:
        return self.transaction.pk


@dataclass(frozen=True, slots=True)
class Outcome:
    """The transaction after a step, the event that the step wrote, and the App's data."""

    transaction: TransactionItem
    event: TransactionEvent
    data: Any


def gateway_app(identifier: str, *, field: str = "paymentGateway") -> App:
    """Return the active App that takes payments under `identifier`; refuses NOT_FOUND."""
    app = App.objects.filter(identifier=identifier, is_active=True).first()
    if app is None:
        raise refuse("NOT_FOUND", "App with provided identifier not found.", field=field)
    return app


def open_amount(source: Checkout | Order) -> int:
    """Return what is still to be paid of a checkout or an order, in minor units."""
    transactions = source.transactions.all()
    due = source.total_gross_minor
    if isinstance(source, Order):
        due -= sum(refund.amount_minor for refund in source.granted_refunds.all())
    for item in transactions:
        due -= item.authorized_minor + item.authorize_pending_minor
        due -= item.charged_minor + item.charge_pending_minor
    return max(due, 0)


def initialize_session(
    source: Checkout | Order,
    *,
    app: App,
    amount_minor: int,
    action: str,
    data: Any,
    idempotency_key: str | None,
    customer_ip_address: str | None,
) -> Outcome:
    """Start a payment: store it, call the App, store its answer. Opens its own writes.

    The same key on the same checkout or order is the same transaction; on another, or with
    another amount, it is refused with UNIQUE. Refuses NOT_FOUND for a checkout that is gone.
    """
    key = idempotency_key or str(uuid.uuid4())
    try:
        with unit_of_work.write():
            transaction, request = _open_session(source, app, amount_minor, action, key)
    except IntegrityError as error:
        raise _other_transaction() from error
    session = Session(transaction, source, action, amount_minor, data, customer_ip_address, key)
    return _call_app("TRANSACTION_INITIALIZE_SESSION", session, app=app, request=request)


def _open_session(
    source: Checkout | Order, app: App, amount_minor: int, action: str, key: str
) -> tuple[TransactionItem, TransactionEvent]:
    owner = {"checkout": source} if isinstance(source, Checkout) else {"order": source}
    if isinstance(source, Checkout) and not _lock(source):
        raise refuse("NOT_FOUND", "Checkout does not exist anymore.", field="id")
    transaction, made = TransactionItem.objects.get_or_create(
        app_identifier=app.identifier,
        idempotency_key=key,
        defaults={**owner, "app": app, "currency": source.currency},
    )
    if not made and any(getattr(transaction, name) != it for name, it in owner.items()):
        raise _other_transaction()
    if not made and transaction.events.exclude(amount_minor=amount_minor).filter(
        idempotency_key=key
    ):
        raise _other_transaction()
    request, _ = TransactionEvent.objects.get_or_create(
        transaction=transaction,
        idempotency_key=key,
        type=f"{action}_REQUEST",
        defaults={"amount_minor": amount_minor, "currency": source.currency, "app": app},
    )
    return transaction, request


def _lock(checkout: Checkout) -> Checkout | None:
    return Checkout.objects.select_for_update().filter(pk=checkout.pk).first()


def _other_transaction() -> Exception:
    return refuse(
        "UNIQUE",
        "Different transaction with provided idempotency key already exists.",
        field="idempotencyKey",
    )


def process_session(
    transaction: TransactionItem, *, data: Any, customer_ip_address: str | None
) -> Outcome:
    """Continue a payment that asked for a further step. Opens its own writes.

    A payment that already has its outcome is answered with it, without calling the App again.
    Refuses INVALID and MISSING_PAYMENT_APP.
    """
    events = list(transaction.events.all())
    for event in events:
        if event.type in FINAL and event.include_in_calculations:
            return Outcome(transaction, event, None)
    request = next(
        (e for e in events if e.type.endswith("_REQUEST") and not e.include_in_calculations), None
    )
    if request is None:
        raise refuse("INVALID", "Missing call of `transactionInitialize` mutation.", field="id")
    source = transaction.checkout or transaction.order
    if source is None:
        raise refuse("INVALID", "Transaction doesn't have attached order or checkout.", field="id")
    app = App.objects.filter(identifier=transaction.app_identifier, is_active=True).first()
    if app is None:
        message = "Payment app attached to the transaction, doesn't exist."
        raise refuse("MISSING_PAYMENT_APP", message, field="id")
    action = request.type.partition("_")[0]
    session = Session(
        transaction, source, action, request.amount_minor, data, customer_ip_address, ""
    )
    return _call_app("TRANSACTION_PROCESS_SESSION", session, app=app, request=request)


def _call_app(name: str, session: Session, *, app: App, request: TransactionEvent) -> Outcome:
    """Call the App outside of any write, then record what it answered."""
    answers = webhooks.call_sync(name, session, app=app)
    response = answers[0].response if answers else None
    with unit_of_work.write():
        event = _record(request, response, app=app)
    transaction = TransactionItem.objects.get(pk=session.transaction.pk)
    return Outcome(transaction, event, response.get("data") if isinstance(response, dict) else None)


def _confirm_request(request: TransactionEvent, report: Report) -> None:
    """Set what the App says about a request that it only acknowledged, unsaved."""
    request.type = report.type
    request.amount_minor = report.amount_minor
    request.include_in_calculations = True
    request.message = report.message[:512]
    request.external_url = report.external_url
    request.created_at = report.time or request.created_at


def _record(request: TransactionEvent, response: Any, *, app: App) -> TransactionEvent:
    transaction = lock_transaction(request.transaction_id)
    request = transaction.events.get(pk=request.pk)
    try:
        answer = read_session_response(
            response, requested_minor=request.amount_minor, currency=transaction.currency
        )
        report = answer.report
        assert report is not None
        if report.type in ("AUTHORIZATION_REQUEST", "CHARGE_REQUEST"):
            event = request
            _confirm_request(event, report)
        else:
            event, _ = add_event(transaction, report, app=app)
    except (ResponseInvalid, EventContradicts) as problem:
        return add_failure(request, str(problem))
    request.psp_reference = report.psp_reference
    request.save()
    if report.psp_reference:
        transaction.psp_reference = report.psp_reference
    if report.type in COUNTED:
        if answer.actions is not None:
            transaction.available_actions = answer.actions
        before = recount(transaction)
        refresh_source(transaction, before=before)
    else:
        transaction.save()
    return event
