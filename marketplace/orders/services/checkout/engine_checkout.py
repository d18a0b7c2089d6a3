"""The engine's checkout: made and changed as an anonymous buyer, recorded on the attempt."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from marketplace.core.mail_guard import unread_address
from marketplace.orders.attempt_data import AttemptOption
from marketplace.orders.engine_address import address_input
from marketplace.orders.engine_money import decimal_text, minor_of
from marketplace.orders.errors import CheckoutExpired, NotForSale
from marketplace.orders.models import CheckoutAttempt, CheckoutState
from marketplace.orders.services.checkout.voucher import with_voucher
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    CheckoutCreateInput,
    CheckoutLineInput,
    CheckoutLineUpdateInput,
    CheckoutParts,
    LanguageCodeEnum,
    SaleorClient,
)
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client

# Stock whose reservation ends within this time is reserved anew before money or an order moves.
SAFELY_KEPT = timedelta(minutes=2)


def bring_up_to_date(client: SaleorClient, attempt: CheckoutAttempt) -> None:
    """Give the checkout of an earlier try today's lines and address, else make a new one.

    The attempt is then open, with the checkout's id and totals. Raises EngineRefused,
    CheckoutExpired, NotForSale, VoucherTakenOut, EngineUnavailable.
    """
    checkout = _updated(client, attempt) or _create(client, attempt)
    checkout = with_voucher(client, attempt, checkout)
    attempt.checkout_id = ids.our_id_or_new(ids.CHECKOUT, checkout.id)
    attempt.state = CheckoutState.OPEN
    record_totals(attempt, checkout)


def set_delivery(client: SaleorClient, attempt: CheckoutAttempt, option: AttemptOption) -> None:
    """Choose a delivery method; the totals with it are recorded on the attempt.

    Raises EngineRefused, CheckoutExpired, EngineUnavailable.
    """
    payload = accepted(
        client.update_checkout_delivery_method(
            _checkout_gid(attempt), option["delivery"]
        ).checkout_delivery_method_update
    )
    attempt.delivery_option = option["id"]
    attempt.state = CheckoutState.DELIVERY_CHOSEN
    record_totals(attempt, _present(payload.checkout))


def record_totals(attempt: CheckoutAttempt, checkout: CheckoutParts) -> None:
    """Note on the attempt what the engine's checkout costs."""
    attempt.discount_minor = _discount_of(checkout)
    attempt.goods_minor = minor_of(checkout.subtotal_price.gross)
    attempt.shipping_minor = minor_of(checkout.shipping_price.gross)
    attempt.tax_minor = minor_of(checkout.total_price.tax)
    attempt.total_minor = minor_of(checkout.total_price.gross)
    attempt.reserved_until = checkout.stock_reservation_expires or attempt.reserved_until
    attempt.save()


def _updated(client: SaleorClient, attempt: CheckoutAttempt) -> CheckoutParts | None:
    """The checkout of an earlier try, brought up to date; None if the engine has none."""
    known = attempt.checkout_id and ids.find_global_id(ids.CHECKOUT, attempt.checkout_id)
    if known:
        try:
            return _update(client, known, attempt)
        except EngineRefused as refused:
            if "NOT_FOUND" not in refused.codes:
                raise
    return None


def _create(client: SaleorClient, attempt: CheckoutAttempt) -> CheckoutParts:
    where = address_input(attempt.address)
    payload = accepted(
        _of_prices(client, attempt)
        .create_checkout(
            CheckoutCreateInput(
                channel=attempt.channel_slug,
                email=_engine_email(attempt),
                language_code=LanguageCodeEnum(attempt.language.upper()),
                shipping_address=where,
                billing_address=where,
                lines=_new_lines(attempt),
            )
        )
        .checkout_create
    )
    return _present(payload.checkout)


def _new_lines(attempt: CheckoutAttempt) -> list[CheckoutLineInput]:
    """The lines of a new checkout; a price is in them only if one was agreed.

    Saleor refuses even a null of whoever may not set prices.
    """
    agreed = _agreed_price(attempt)
    lines = [
        CheckoutLineInput(variant_id=gid, quantity=quantity)
        for gid, quantity in _quantities(attempt).items()
    ]
    if agreed is not None:
        for line in lines:
            line.price = agreed
    return lines


def _engine_email(attempt: CheckoutAttempt) -> str:
    """The buyer's address; the engine places no order without one."""
    return attempt.email or unread_address(attempt.phone)


def _update(client: SaleorClient, checkout_gid: str, attempt: CheckoutAttempt) -> CheckoutParts:
    where = address_input(attempt.address)
    wanted = _quantities(attempt)
    changed = _set_lines(client, checkout_gid, attempt, wanted)
    left_out = {line.variant.id: 0 for line in changed.lines if line.variant.id not in wanted}
    if left_out:
        _set_lines(client, checkout_gid, attempt, left_out)
    email = _engine_email(attempt)
    accepted(client.update_checkout_email(checkout_gid, email).checkout_email_update)
    accepted(
        client.update_checkout_billing_address(checkout_gid, where).checkout_billing_address_update
    )
    payload = accepted(
        client.update_checkout_shipping_address(
            checkout_gid, where
        ).checkout_shipping_address_update
    )
    return _present(payload.checkout)


def keep_reserved(client: SaleorClient, attempt: CheckoutAttempt) -> None:
    """Reserve stock anew when it is not, or no longer, kept for this attempt.

    The engine gives an unreserved last piece to everybody who completes at once; reserving it, only
    to one. What was offered to one buyer is written anew each time: whoever knows the checkout's
    id changes quantities at the engine, without us. Raises EngineRefused (``INSUFFICIENT_STOCK``
    when others have it by now).
    """
    until = attempt.reserved_until
    is_kept = until is not None and until > timezone.now() + SAFELY_KEPT
    if is_kept and attempt.price_offer_id is None:
        return
    checkout = _set_lines(client, _checkout_gid(attempt), attempt, _quantities(attempt))
    attempt.reserved_until = checkout.stock_reservation_expires
    attempt.save(update_fields=["reserved_until", "updated_at"])


def _set_lines(
    client: SaleorClient, checkout_gid: str, attempt: CheckoutAttempt, quantities: dict[str, int]
) -> CheckoutParts:
    """Set quantities, then the agreed price in a call of its own.

    With both in one call Saleor reserves the line twice: others are refused what is still there.
    """
    own = _of_prices(client, attempt)
    lines = [
        CheckoutLineUpdateInput(variant_id=gid, quantity=quantity)
        for gid, quantity in quantities.items()
    ]
    checkout = _update_lines(own, checkout_gid, lines)
    agreed = _agreed_price(attempt)
    priced = [
        CheckoutLineUpdateInput(variant_id=gid, price=agreed)
        for gid, quantity in quantities.items()
        if quantity and agreed is not None
    ]
    return _update_lines(own, checkout_gid, priced) if priced else checkout


def _update_lines(
    client: SaleorClient, checkout_gid: str, lines: list[CheckoutLineUpdateInput]
) -> CheckoutParts:
    payload = accepted(client.update_checkout_lines(checkout_gid, lines).checkout_lines_update)
    return _present(payload.checkout)


def _of_prices(client: SaleorClient, attempt: CheckoutAttempt) -> SaleorClient:
    """Who writes the lines: an anonymous buyer, or our App where a price was agreed.

    Only an App with HANDLE_CHECKOUTS sets another price than the list's.
    """
    return client if attempt.price_offer_id is None else app_client()


def _agreed_price(attempt: CheckoutAttempt) -> str | None:
    """The price of a piece that was offered to this buyer; None for the list's."""
    if attempt.price_offer_id is None:
        return None
    return decimal_text(attempt.lines[0]["unit_minor"], attempt.currency)


def _quantities(attempt: CheckoutAttempt) -> dict[str, int]:
    """How many of each variant, by the engine's id; raises NotForSale for one it does not have."""
    wanted = {UUID(line["variant_id"]): line["quantity"] for line in attempt.lines}
    found = ids.global_ids(ids.VARIANT, list(wanted))
    if len(found) < len(wanted):
        raise NotForSale
    return {found[variant_id]: quantity for variant_id, quantity in wanted.items()}


def _present(checkout: CheckoutParts | None) -> CheckoutParts:
    """The checkout of an answer; raises CheckoutExpired when there is none."""
    if checkout is None:
        raise CheckoutExpired
    return checkout


def _checkout_gid(attempt: CheckoutAttempt) -> str:
    if attempt.checkout_id is None:
        raise CheckoutExpired
    return ids.global_id(ids.CHECKOUT, attempt.checkout_id)


def _discount_of(checkout: CheckoutParts) -> int:
    """What the voucher takes off the lines of a checkout, in minor units."""
    if not checkout.voucher_code:
        return 0
    before = sum(minor_of(line.undiscounted_total_price) for line in checkout.lines)
    return max(0, before - sum(minor_of(line.total_price.gross) for line in checkout.lines))
