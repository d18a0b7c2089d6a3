"""Paying a checkout through the engine's transactions."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from marketplace.orders.cash_on_delivery import cash_is_possible_for
from marketplace.orders.engine_money import decimal_text
from marketplace.orders.errors import (
    CashNotConfirmed,
    CashNotPossible,
    CheckoutExpired,
    EmailNeeded,
    NotPaid,
)
from marketplace.orders.gift_errors import PricesHidden
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import CheckoutAttempt, CheckoutState, PaymentMethod
from marketplace.orders.services.checkout.cash_code import (
    count_cash_order,
    is_confirmation_needed,
)
from marketplace.orders.services.checkout.covered import is_covered
from marketplace.orders.services.checkout.engine_checkout import keep_reserved, record_totals
from marketplace.orders.services.checkout.refusals import in_buyers_words
from marketplace.orders.services.checkout.voucher import fetch_without_voucher, taken_out
from marketplace.orders.services.checkout.voucher_uses import give_back, take_use
from marketplace.orders.services.price_offers.holding import give_back_offer, hold
from marketplace.orders.voucher_errors import VoucherProblem
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    PaymentGatewayToInitialize,
    SaleorClient,
    TransactionEventTypeEnum,
)
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import storefront_client

PAID, AUTHORIZED, SECOND_STEP, REFUSED = "paid", "authorized", "second_step", "refused"
# The money is under way and will be reported: the order may be placed, and nothing sent yet.
AWAITED = "awaited"
_STATES = {
    TransactionEventTypeEnum.CHARGE_SUCCESS: PAID,
    TransactionEventTypeEnum.AUTHORIZATION_SUCCESS: AUTHORIZED,
    TransactionEventTypeEnum.CHARGE_ACTION_REQUIRED: SECOND_STEP,
    TransactionEventTypeEnum.AUTHORIZATION_ACTION_REQUIRED: SECOND_STEP,
    TransactionEventTypeEnum.CHARGE_REQUEST: AWAITED,
    TransactionEventTypeEnum.AUTHORIZATION_REQUEST: SECOND_STEP,
}


@dataclass(frozen=True)
class PayOutcome:
    """What came of it: ``paid``, ``authorized``, ``awaited``, ``second_step`` or ``refused``."""

    state: str
    message: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether the order may now be placed."""
        return self.state in {PAID, AUTHORIZED, AWAITED}


def pay(*, attempt: CheckoutAttempt, method: str, data: dict[str, Any]) -> PayOutcome:
    """Charge or authorise the whole checkout. A repeated call after a lost answer charges once.

    Raises CashNotPossible, CashNotConfirmed, EmailNeeded, TooSoon, CheckoutExpired, NotPaid (no
    delivery chosen yet), EngineUnavailable, and before any charge NotEnoughInStock when the goods
    were kept too long and others have them, VoucherTakenOut when the voucher no longer holds,
    PriceOfferOver or PriceOfferTaken for an offer that can no longer be ordered.
    """
    with one_at_a_time(attempt.pk):
        attempt.refresh_from_db()
        if attempt.state in {CheckoutState.PAID, CheckoutState.COMPLETING, CheckoutState.COMPLETED}:
            return PayOutcome(PAID if attempt.payment_method == PaymentMethod.CARD else AUTHORIZED)
        client = storefront_client()
        _keep_reserved(client, attempt)
        _hold_voucher(client, attempt)
        _hold_offer(attempt)
        _intend(attempt, PaymentMethod(method))
        try:
            payload = accepted(
                client.initialize_transaction(
                    id=_checkout_gid(attempt),
                    gateway=PaymentGatewayToInitialize(
                        id=settings.SALEOR_APP_IDENTIFIER, data={"method": method, **data}
                    ),
                    amount=decimal_text(attempt.total_minor, attempt.currency),
                    idempotency_key=str(attempt.payment_key),
                ).transaction_initialize
            )
        except EngineRefused as refused:
            _record(attempt, PayOutcome(REFUSED), None)
            raise in_buyers_words(refused, attempt) from refused
        return _record(attempt, _outcome(payload), payload.transaction)


def process_payment(*, attempt: CheckoutAttempt, data: dict[str, Any]) -> PayOutcome:
    """The second step of a payment (a code from the bank).

    Raises NotPaid before the first, PriceOfferOver and PriceOfferTaken as ``pay``.
    """
    with one_at_a_time(attempt.pk):
        attempt.refresh_from_db()
        if attempt.state in {CheckoutState.PAID, CheckoutState.COMPLETING, CheckoutState.COMPLETED}:
            return PayOutcome(PAID)
        if attempt.transaction_id is None:
            raise NotPaid
        if data:
            # Without, it is asked what came about at a provider's own page, and that stands.
            _hold_offer(attempt)
        gid = ids.global_id(ids.TRANSACTION, attempt.transaction_id)
        try:
            payload = accepted(
                storefront_client().process_transaction(gid, data).transaction_process
            )
        except EngineRefused as refused:
            _record(attempt, PayOutcome(REFUSED), None)
            raise in_buyers_words(refused, attempt) from refused
        return _record(attempt, _outcome(payload), payload.transaction)


def _hold_offer(attempt: CheckoutAttempt) -> None:
    """An offer that is over is paid no more; a payment that has come about goes on."""
    if attempt.price_offer_id is None:
        return
    if attempt.state != CheckoutState.PAYING or not is_covered(attempt):
        hold(attempt)


def _keep_reserved(client: SaleorClient, attempt: CheckoutAttempt) -> None:
    """Nobody is charged for goods that are no longer kept for her; a begun charge goes on."""
    if attempt.state != CheckoutState.DELIVERY_CHOSEN:
        return
    try:
        keep_reserved(client, attempt)
    except EngineRefused as refused:
        raise in_buyers_words(refused, attempt) from refused


def _hold_voucher(client: SaleorClient, attempt: CheckoutAttempt) -> None:
    """Nobody pays with a voucher that no longer holds, nor without it unless she was told."""
    try:
        take_use(attempt)
    except VoucherProblem as problem:
        checkout = fetch_without_voucher(client, _checkout_gid(attempt))
        error = taken_out(attempt, problem)
        record_totals(attempt, checkout)
        raise error from problem


def _intend(attempt: CheckoutAttempt, method: PaymentMethod) -> None:
    if attempt.state not in {CheckoutState.DELIVERY_CHOSEN, CheckoutState.PAYING}:
        raise CheckoutExpired if attempt.state == CheckoutState.GIVEN_UP else NotPaid
    if method == PaymentMethod.CASH and not cash_is_possible_for(attempt):
        raise PricesHidden if attempt.hides_prices else CashNotPossible
    if method != PaymentMethod.CASH and not attempt.email:
        raise EmailNeeded
    if method == PaymentMethod.CASH:
        if is_confirmation_needed(attempt):
            raise CashNotConfirmed
        count_cash_order(attempt)
    with transaction.atomic():
        if attempt.payment_key is None or attempt.payment_method != method:
            attempt.payment_key = uuid4()
        attempt.payment_method = method
        attempt.state = CheckoutState.PAYING
        attempt.save(update_fields=["payment_key", "payment_method", "state", "updated_at"])


def _outcome(payload: Any) -> PayOutcome:
    event = payload.transaction_event
    state = _STATES.get(event.type_, REFUSED) if event else REFUSED
    data = payload.data if isinstance(payload.data, dict) else {}
    return PayOutcome(state, event.message if event else "", data)


def _record(attempt: CheckoutAttempt, outcome: PayOutcome, payment: Any) -> PayOutcome:
    """The answer on our row; after a refusal the next try gets a key of its own."""
    if payment is not None:
        attempt.transaction_id = ids.our_id_or_new(ids.TRANSACTION, payment.id)
    if outcome.is_settled:
        attempt.state = CheckoutState.PAID
    elif outcome.state == REFUSED:
        give_back(attempt)
        give_back_offer(attempt)
        attempt.payment_key = None
        attempt.state = CheckoutState.DELIVERY_CHOSEN
        attempt.last_error = outcome.message[:200]
    attempt.save()
    return outcome


def _checkout_gid(attempt: CheckoutAttempt) -> str:
    if attempt.checkout_id is None:
        raise CheckoutExpired
    return ids.global_id(ids.CHECKOUT, attempt.checkout_id)
