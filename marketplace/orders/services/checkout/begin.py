"""Start a checkout: the engine makes it and reserves stock; a first delivery is chosen."""

from django.db import transaction
from django.utils import timezone

from catalog.markets import market_of
from catalog.queries import Offer, offers_for
from marketplace.core.hashes import keyed_hash
from marketplace.core.word_lists import listed
from marketplace.orders.address import Address
from marketplace.orders.attempt_data import AttemptLine
from marketplace.orders.delivery_plans import PlannedLine, plan_parcels
from marketplace.orders.errors import CannotBeSentThere, EmptyBasket, NotForSale
from marketplace.orders.free_delivery import free_from
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import (
    CHANGEABLE,
    PAYMENT_BEGUN,
    Basket,
    BasketLine,
    CheckoutAttempt,
    CheckoutState,
)
from marketplace.orders.pickup import offers_in
from marketplace.orders.price_offers import at_agreed_price
from marketplace.orders.services.checkout.covered import is_covered
from marketplace.orders.services.checkout.delivery import offer_deliveries, offered_before
from marketplace.orders.services.checkout.engine_checkout import bring_up_to_date, set_delivery
from marketplace.orders.services.checkout.refusals import record_refusal
from marketplace.orders.services.checkout.reservation_limits import (
    count_checkout,
    count_reservation,
)
from marketplace.orders.services.checkout.voucher import usable_voucher
from marketplace.orders.services.price_offers.holding import require_open
from marketplace.orders.shipping_rates import STANDARD, Place
from marketplace.orders.vouchers import AppliedVoucher
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import storefront_client


def start(
    *,
    basket: Basket,
    email: str,
    phone: str,
    address: Address,
    language: str,
    seen_from: str = "",
) -> CheckoutAttempt:
    """Begin to buy a basket: the engine's checkout is made (or brought up to date) and reserves.

    The first delivery option is chosen at once, so that totals with taxes are known. An attempt
    that is already paid is returned unchanged. ``seen_from`` is the buyer's network address, by
    which limits count too. Raises TooSoon, EmptyBasket, NotForSale, NotEnoughInStock,
    CannotBeSentThere, AddressRefused, DeliveryNotPriced, EngineUnavailable, VoucherTakenOut
    when the voucher no longer holds (the buyer sees the new total before she goes on), and
    PriceOfferOver or PriceOfferTaken for an offer that can no longer be ordered.
    """
    seen_from = keyed_hash(("seen from", seen_from)) if seen_from else ""
    count_checkout(basket, seen_from)
    with one_at_a_time(basket.pk):
        _settle_payment(basket)
        attempt = _intend(basket, email, phone, address, language, seen_from)
        if attempt.state in PAYMENT_BEGUN:
            return attempt
        client = storefront_client()
        try:
            bring_up_to_date(client, attempt)
            first = offer_deliveries(client, attempt, STANDARD)
            option = offered_before(attempt) or first
            set_delivery(client, attempt, option)
        except EngineRefused as refused:
            raise record_refusal(refused, attempt) from refused
        return attempt


def _settle_payment(basket: Basket) -> None:
    """A payment left half way: it went through, or the basket may be changed again."""
    attempt = basket.attempts.filter(state=CheckoutState.PAYING).order_by("-created_at").first()
    if attempt is None:
        return
    covered = is_covered(attempt)
    attempt.state = CheckoutState.PAID if covered else CheckoutState.DELIVERY_CHOSEN
    attempt.payment_key = attempt.payment_key if covered else None
    attempt.save(update_fields=["state", "payment_key", "updated_at"])


def _intend(
    basket: Basket, email: str, phone: str, address: Address, language: str, seen_from: str
) -> CheckoutAttempt:
    """Our row first: what is about to be bought, by whom, and the id that the order will have."""
    market = market_of(basket.market)
    rows = list(basket.lines.order_by("added_at", "pk"))
    if basket.price_offer is not None:
        require_open(basket.price_offer)
    sold = _sold(basket, rows, market.channel_slug)
    _check_it_can_be_sent(sold, address, market.currency)
    applied = usable_voucher(basket, [(row.quantity, offer) for row, offer in sold])
    count_reservation(basket, sold, seen_from)
    with transaction.atomic():
        attempt = (
            basket.attempts.select_for_update()
            .filter(state__in=(*CHANGEABLE, *PAYMENT_BEGUN))
            .order_by("-created_at")
            .first()
        ) or CheckoutAttempt(basket=basket)
        if attempt.state in PAYMENT_BEGUN:
            return attempt
        attempt.price_offer = basket.price_offer
        attempt.market, attempt.channel_slug = market.code, market.channel_slug
        attempt.currency, attempt.language = market.currency, language
        attempt.email, attempt.phone, attempt.seen_from = email, phone, seen_from
        attempt.address_json = address.model_dump_json()
        _fill(attempt, sold, applied)
        attempt.last_error = ""
        attempt.save()
    return attempt


def _fill(
    attempt: CheckoutAttempt,
    sold: list[tuple[BasketLine, Offer]],
    applied: AppliedVoucher | None,
) -> None:
    """The lines, what the voucher takes off them, when delivery is free, what is collected."""
    off = applied.off if applied else {}
    attempt.lines = [
        _frozen(row, offer, attempt.language, off.get(row.variant_id, 0)) for row, offer in sold
    ]
    attempt.voucher_code = applied.voucher.code if applied else ""
    attempt.discount_minor = sum(off.values())
    cooperatives = {offer.cooperative_id for _, offer in sold}
    sums = free_from(cooperatives, attempt.market)
    attempt.free_from = {str(key): from_minor for key, from_minor in sums.items()}
    offers = offers_in(cooperatives, attempt.market)
    attempt.pickups = {str(key): offer.pk for key, offer in offers.items()}
    before = sum(row.quantity * offer.amount_minor for row, offer in sold)
    attempt.goods_minor = before - attempt.discount_minor


def _sold(basket: Basket, rows: list[BasketLine], channel: str) -> list[tuple[BasketLine, Offer]]:
    if not rows:
        raise EmptyBasket
    offers = at_agreed_price(offers_for([row.variant_id for row in rows], channel), basket)
    if any(row.variant_id not in offers for row in rows):
        raise NotForSale
    return [(row, offers[row.variant_id]) for row in rows]


def _check_it_can_be_sent(
    sold: list[tuple[BasketLine, Offer]], address: Address, currency: str
) -> None:
    plans = plan_parcels(
        [PlannedLine.of_offer(offer, quantity=row.quantity) for row, offer in sold],
        destination=Place(address.country_code, address.region_code),
        currency=currency,
        on=timezone.localdate(),
    )
    unsent = {key for key, plan in plans.items() if plan is None}
    if unsent:
        titles = [offer.name("") for _, offer in sold if offer.cooperative_id in unsent]
        raise CannotBeSentThere(titles=listed(titles))


def _frozen(row: BasketLine, offer: Offer, language: str, discount_minor: int) -> AttemptLine:
    return {
        "variant_id": str(row.variant_id),
        "listing_id": str(offer.listing_id),
        "cooperative_id": str(offer.cooperative_id),
        "title": offer.name(language),
        "quantity": row.quantity,
        "unit_minor": offer.amount_minor,
        "discount_minor": discount_minor,
    }
