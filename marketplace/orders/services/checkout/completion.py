"""Placing the order, exactly once."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.events import publish
from marketplace.orders.errors import (
    CheckoutExpired,
    CheckoutRefused,
    NotEnoughInStock,
    NotPaid,
)
from marketplace.orders.events import PaidCheckoutFailed
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import CheckoutAttempt, CheckoutState, Order
from marketplace.orders.services.baskets import take_out_bought
from marketplace.orders.services.checkout.cash_code import remember_contacts
from marketplace.orders.services.checkout.covered import is_covered
from marketplace.orders.services.checkout.engine_checkout import keep_reserved
from marketplace.orders.services.checkout.refusals import after_payment, in_buyers_words
from marketplace.orders.services.checkout.reservation_limits import give_back_bought
from marketplace.orders.services.fetching import fetched
from marketplace.orders.services.projection import project_order
from marketplace.orders.services.vouchers.entering import remove_voucher
from marketplace.orders.voucher_errors import VoucherProblem
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client, storefront_client

_FINISHED = CheckoutState.COMPLETED


def complete(*, attempt: CheckoutAttempt) -> Order:
    """Place the order of a paid attempt; called again, or twice at once, it is the same order.

    Raises NotPaid, CheckoutExpired, EngineUnavailable, and NotEnoughInStock when the goods were
    sold meanwhile: the attempt is then given up and its payment goes back (PaidCheckoutFailed).
    Any other refusal of the engine, once a card was charged, is PlacedLater: it is tried again.
    """
    with one_at_a_time(attempt.pk):
        attempt.refresh_from_db()
        order = Order.objects.filter(pk=attempt.order_id).first()
        if order is None:
            _intend(attempt)
            try:
                order = project_order(fetched(_ask_engine(attempt)))
            except EngineRefused as refused:
                # Our App's own access is gone, not the buyer's order: a job finds that later.
                raise after_payment(CheckoutRefused(), attempt) from refused
        _finish(attempt, order)
        return order


def _intend(attempt: CheckoutAttempt) -> None:
    if attempt.state == CheckoutState.PAYING and is_covered(attempt):
        attempt.state = CheckoutState.PAID
    if attempt.state == CheckoutState.GIVEN_UP:
        raise CheckoutExpired
    if attempt.state not in {CheckoutState.PAID, CheckoutState.COMPLETING}:
        raise NotPaid
    attempt.state = CheckoutState.COMPLETING
    attempt.save(update_fields=["state", "updated_at"])


def _ask_engine(attempt: CheckoutAttempt) -> str:
    """The engine's order; one that it made before we lost its answer is found again."""
    try:
        client = storefront_client()
        keep_reserved(client, attempt)
        payload = accepted(client.complete_checkout(_checkout_gid(attempt)).checkout_complete)
    except EngineRefused as refused:
        made = _made_already(attempt)
        if made:
            return made
        _refused(attempt, refused)
    else:
        if payload.order is not None:
            return payload.order.id
    made = _made_already(attempt)
    if made is None:
        raise NotPaid
    return made


def _made_already(attempt: CheckoutAttempt) -> str | None:
    found = app_client().order_by_checkout(_checkout_gid(attempt)).orders
    return found.edges[0].node.id if found and found.edges else None


def _refused(attempt: CheckoutAttempt, refused: EngineRefused) -> None:
    error = after_payment(in_buyers_words(refused, attempt), attempt)
    with transaction.atomic():
        attempt.last_error = ", ".join(refused.codes)[:200]
        attempt.state = CheckoutState.PAID
        if isinstance(error, NotEnoughInStock | CheckoutExpired | VoucherProblem):
            attempt.state = CheckoutState.GIVEN_UP
            _announce_failure(attempt)
        attempt.save(update_fields=["state", "last_error", "updated_at"])
    raise error from refused


def _announce_failure(attempt: CheckoutAttempt) -> None:
    if attempt.transaction_id is None or attempt.checkout_id is None:
        return
    publish(
        PaidCheckoutFailed(
            aggregate_id=attempt.order_id,
            occurred_at=timezone.now(),
            order_id=attempt.order_id,
            checkout_id=attempt.checkout_id,
            transaction_id=attempt.transaction_id,
            payment_method=attempt.payment_method,
            currency=attempt.currency,
            amount_minor=attempt.total_minor,
        )
    )


def _finish(attempt: CheckoutAttempt, order: Order) -> None:
    if attempt.state == _FINISHED:
        return
    give_back_bought(attempt)
    with transaction.atomic():
        attempt.state = _FINISHED
        attempt.last_error = ""
        attempt.save(update_fields=["state", "last_error", "updated_at"])
        remember_contacts(attempt, order)
        if attempt.basket is not None:
            bought = {UUID(line["variant_id"]): line["quantity"] for line in attempt.lines}
            take_out_bought(basket=attempt.basket, quantities=bought)
            remove_voucher(basket=attempt.basket)


def _checkout_gid(attempt: CheckoutAttempt) -> str:
    if attempt.checkout_id is None:
        raise NotPaid
    return ids.global_id(ids.CHECKOUT, attempt.checkout_id)
