"""The voucher of a checkout: entered at the engine, and taken out when it no longer holds."""

from collections.abc import Sequence
from uuid import UUID

from catalog.queries import Offer
from marketplace.orders.errors import CheckoutExpired
from marketplace.orders.models import Basket, CheckoutAttempt
from marketplace.orders.services.vouchers.at_engine import prepare_at_engine
from marketplace.orders.services.vouchers.entering import remove_voucher
from marketplace.orders.voucher_errors import (
    VoucherEnded,
    VoucherProblem,
    VoucherTakenOut,
    VoucherUnavailable,
    VoucherUsedByYou,
)
from marketplace.orders.vouchers import AppliedVoucher, apply_code, find_voucher
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import CheckoutParts, SaleorClient
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client


def usable_voucher(basket: Basket, sold: Sequence[tuple[int, Offer]]) -> AppliedVoucher | None:
    """The basket's voucher on what is about to be bought; None without one.

    One that no longer holds is taken out of the basket, and the buyer told: VoucherTakenOut.
    """
    if not basket.voucher_code:
        return None
    try:
        return apply_code(basket.voucher_code, basket.market, sold)
    except VoucherProblem as problem:
        remove_voucher(basket=basket)
        raise VoucherTakenOut(why=str(problem)) from problem


def with_voucher(
    client: SaleorClient, attempt: CheckoutAttempt, checkout: CheckoutParts
) -> CheckoutParts:
    """The engine's checkout with the attempt's voucher entered, or with none.

    Raises VoucherTakenOut when the engine does not take it, EngineUnavailable.
    """
    if not attempt.voucher_code:
        return without_voucher(client, checkout)
    try:
        return _entered(client, attempt, checkout)
    except VoucherProblem as problem:
        raise taken_out(attempt, problem) from problem


def taken_out(attempt: CheckoutAttempt, problem: VoucherProblem) -> VoucherTakenOut:
    """Take the voucher out of our rows of a checkout; returns the error to raise."""
    if attempt.basket is not None:
        remove_voucher(basket=attempt.basket)
    attempt.voucher_code, attempt.discount_minor = "", 0
    attempt.last_error = problem.code
    attempt.save(update_fields=["voucher_code", "discount_minor", "last_error", "updated_at"])
    return VoucherTakenOut(why=str(problem))


def fetch_without_voucher(client: SaleorClient, checkout_gid: str) -> CheckoutParts:
    """The engine's checkout, its voucher taken out; raises CheckoutExpired."""
    checkout = app_client().checkout_by_id(checkout_gid).checkout
    if checkout is None:
        raise CheckoutExpired
    return without_voucher(client, checkout)


def without_voucher(client: SaleorClient, checkout: CheckoutParts) -> CheckoutParts:
    """The engine's checkout without any voucher."""
    if not checkout.voucher_code:
        return checkout
    payload = accepted(
        client.remove_promo_code(checkout.id, checkout.voucher_code).checkout_remove_promo_code
    )
    if payload.checkout is None:
        raise CheckoutExpired
    return payload.checkout


def _entered(
    client: SaleorClient, attempt: CheckoutAttempt, checkout: CheckoutParts
) -> CheckoutParts:
    """Entered anew each time: only then the engine reckons with products that were just named."""
    voucher = find_voucher(attempt.voucher_code)
    chosen = {UUID(x["listing_id"]) for x in attempt.lines if x.get("discount_minor")}
    others = {UUID(x["listing_id"]) for x in attempt.lines} - chosen
    prepare_at_engine(voucher, chosen, others)
    try:
        payload = accepted(client.add_promo_code(checkout.id, voucher.code).checkout_add_promo_code)
    except EngineRefused as refused:
        raise _problem(refused, attempt) from refused
    if payload.checkout is None:
        raise CheckoutExpired
    return payload.checkout


def _problem(refused: EngineRefused, attempt: CheckoutAttempt) -> VoucherProblem:
    """Why the engine takes no voucher that we would take: its own counts know more than ours."""
    if "INVALID" in refused.codes:
        return VoucherEnded()
    if "VOUCHER_NOT_APPLICABLE" in refused.codes:
        once = find_voucher(attempt.voucher_code).once_per_buyer
        return VoucherUsedByYou() if once else VoucherUnavailable()
    return VoucherUnavailable()
