"""The first steps: the engine's checkout is made, goods are reserved, a delivery is chosen."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.markets import market_of
from catalog.queries import Offer, offers_for
from marketplace.orders.address import Address
from marketplace.orders.delivery_plans import PlannedLine, plan_parcels
from marketplace.orders.engine_metadata import PARCELS_KEY, SERVICE_KEY
from marketplace.orders.engine_money import minor_of
from marketplace.orders.errors import (
    CannotBeSentThere,
    CheckoutExpired,
    DeliveryNotPriced,
    EmptyBasket,
    NotForSale,
)
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import Basket, BasketLine, CheckoutAttempt, CheckoutState
from marketplace.orders.services.checkout.covered import is_covered
from marketplace.orders.services.checkout.engine_checkout import bring_up_to_date, present
from marketplace.orders.services.checkout.refusals import in_buyers_words
from marketplace.orders.shipping_rates import STANDARD, Place
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    CheckoutParts,
    SaleorClient,
)
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import storefront_client
from marketplace.saleor.versions import DELIVERY_OPTIONS, is_at_least

CHANGEABLE = (CheckoutState.STARTED, CheckoutState.OPEN, CheckoutState.DELIVERY_CHOSEN)
UNDER_WAY = (CheckoutState.PAYING, CheckoutState.PAID, CheckoutState.COMPLETING)


def start(
    *, basket: Basket, email: str, phone: str, address: Address, language: str
) -> CheckoutAttempt:
    """Begin to buy a basket: the engine's checkout is made (or brought up to date) and reserves.

    The first delivery option is chosen at once, so that totals with taxes are known. An attempt
    that is already paid is returned unchanged. Raises EmptyBasket, NotForSale,
    NotEnoughInStock, CannotBeSentThere, AddressRefused, DeliveryNotPriced and EngineUnavailable.
    """
    with one_at_a_time(basket.pk):
        _settle_payment(basket)
        attempt = _intend(basket, email, phone, address, language)
        if attempt.state in UNDER_WAY:
            return attempt
        client = storefront_client()
        try:
            checkout = bring_up_to_date(client, attempt)
            _record_checkout(attempt, checkout)
            _offer_deliveries(client, attempt)
            return _choose(client, attempt, attempt.delivery_option or STANDARD)
        except EngineRefused as refused:
            _note_error(attempt, refused)
            raise in_buyers_words(refused, attempt) from refused


def choose_delivery(*, attempt: CheckoutAttempt, option_id: str) -> CheckoutAttempt:
    """Choose one of ``attempt.options`` (``standard``, ``express``); totals change with it.

    Raises CannotBeSentThere for an option that is not offered, DeliveryNotPriced, CheckoutExpired,
    EngineUnavailable.
    """
    with one_at_a_time(attempt.pk):
        attempt.refresh_from_db()
        if attempt.state in UNDER_WAY or attempt.state == CheckoutState.COMPLETED:
            return attempt
        try:
            client = storefront_client()
            _offer_deliveries(client, attempt)
            return _choose(client, attempt, option_id)
        except EngineRefused as refused:
            _note_error(attempt, refused)
            raise in_buyers_words(refused, attempt) from refused


def _settle_payment(basket: Basket) -> None:
    """A payment left half way: it went through, or the goods may be changed again."""
    attempt = basket.attempts.filter(state=CheckoutState.PAYING).order_by("-created_at").first()
    if attempt is None:
        return
    covered = is_covered(attempt)
    attempt.state = CheckoutState.PAID if covered else CheckoutState.DELIVERY_CHOSEN
    attempt.payment_key = attempt.payment_key if covered else None
    attempt.save(update_fields=["state", "payment_key", "updated_at"])


def _intend(
    basket: Basket, email: str, phone: str, address: Address, language: str
) -> CheckoutAttempt:
    """Our row first: what is about to be bought, by whom, and the id that the order will have."""
    market = market_of(basket.market)
    rows = list(basket.lines.order_by("added_at", "pk"))
    sold = _sold(rows, market.channel_slug)
    _check_it_can_be_sent(sold, address, market.currency)
    with transaction.atomic():
        attempt = (
            basket.attempts.select_for_update()
            .filter(state__in=(*CHANGEABLE, *UNDER_WAY))
            .order_by("-created_at")
            .first()
        ) or CheckoutAttempt(basket=basket)
        if attempt.state in UNDER_WAY:
            return attempt
        attempt.market, attempt.channel_slug = market.code, market.channel_slug
        attempt.currency, attempt.language = market.currency, language
        attempt.email, attempt.phone = email, phone
        attempt.address_json = address.model_dump_json()
        attempt.lines = [_frozen(row, offer, language) for row, offer in sold]
        attempt.goods_minor = sum(row.quantity * offer.amount_minor for row, offer in sold)
        attempt.last_error = ""
        attempt.save()
    return attempt


def _sold(rows: list[BasketLine], channel: str) -> list[tuple[BasketLine, Offer]]:
    if not rows:
        raise EmptyBasket
    offers = offers_for([row.variant_id for row in rows], channel)
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
        raise CannotBeSentThere(titles=", ".join(titles))


def _frozen(row: BasketLine, offer: Offer, language: str) -> dict[str, Any]:
    return {
        "variant_id": str(row.variant_id),
        "listing_id": str(offer.listing_id),
        "cooperative_id": str(offer.cooperative_id),
        "title": offer.name(language),
        "quantity": row.quantity,
        "unit_minor": offer.amount_minor,
    }


def _record_checkout(attempt: CheckoutAttempt, checkout: CheckoutParts) -> None:
    attempt.checkout_id = ids.our_id_or_new(ids.CHECKOUT, checkout.id)
    attempt.state = CheckoutState.OPEN
    _record_totals(attempt, checkout)


def _record_totals(attempt: CheckoutAttempt, checkout: CheckoutParts) -> None:
    attempt.goods_minor = minor_of(checkout.subtotal_price.gross)
    attempt.shipping_minor = minor_of(checkout.shipping_price.gross)
    attempt.tax_minor = minor_of(checkout.total_price.tax)
    attempt.total_minor = minor_of(checkout.total_price.gross)
    attempt.reserved_until = checkout.stock_reservation_expires or attempt.reserved_until
    attempt.save()


def _offer_deliveries(client: SaleorClient, attempt: CheckoutAttempt) -> None:
    """Ask for the options anew; ``attempt.options`` keeps what the buyer is shown of them."""
    attempt.options = [
        {
            "id": facts[SERVICE_KEY],
            "delivery": key,
            "amount_minor": minor_of(method.price),
            "parcels": json.loads(facts.get(PARCELS_KEY, "[]")),
        }
        for key, method in _deliveries(client, _checkout_gid(attempt))
        if SERVICE_KEY in (facts := {item.key: item.value for item in method.metadata})
    ]
    attempt.save(update_fields=["options", "updated_at"])


def _deliveries(client: SaleorClient, checkout_gid: str) -> Iterator[tuple[str, Any]]:
    """What the engine offers: the id to choose by, and the method behind it."""
    if is_at_least(DELIVERY_OPTIONS):
        answer = client.calculate_delivery_options(checkout_gid).delivery_options_calculate
        for delivery in accepted(answer).deliveries:
            if delivery.shipping_method:
                yield delivery.id, delivery.shipping_method
    elif checkout := client.checkout_shipping_methods(checkout_gid).checkout:
        for method in checkout.shipping_methods:
            yield method.id, method


def _choose(client: SaleorClient, attempt: CheckoutAttempt, option_id: str) -> CheckoutAttempt:
    if not attempt.options:
        # That carriers go there was seen before the engine was asked.
        raise DeliveryNotPriced
    found = {option["id"]: option for option in attempt.options}
    option = found.get(option_id) or found.get(STANDARD)
    if option is None or (option_id not in found and option_id != STANDARD and found):
        titles = ", ".join(line["title"] for line in attempt.lines)
        raise CannotBeSentThere(titles=titles)
    payload = accepted(
        client.update_checkout_delivery_method(
            _checkout_gid(attempt), option["delivery"]
        ).checkout_delivery_method_update
    )
    attempt.delivery_option = option["id"]
    attempt.state = CheckoutState.DELIVERY_CHOSEN
    _record_totals(attempt, present(payload.checkout))
    return attempt


def _checkout_gid(attempt: CheckoutAttempt) -> str:
    if attempt.checkout_id is None:
        raise CheckoutExpired
    return ids.global_id(ids.CHECKOUT, attempt.checkout_id)


def _note_error(attempt: CheckoutAttempt, refused: EngineRefused) -> None:
    attempt.last_error = ", ".join(refused.codes)[:200]
    attempt.save(update_fields=["last_error", "updated_at"])
