"""Read an order of the engine's: who sells each line, how it is paid and sent."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.dateparse import parse_datetime

from catalog.markets import market_of_channel
from catalog.models import Listing, ListingPage
from marketplace.core.errors import TwizaError
from marketplace.core.money import WHOLE_BP
from marketplace.orders.engine_metadata import (
    MARKET_KEY,
    METHOD_KEY,
    PARCELS_KEY,
)
from marketplace.orders.engine_money import minor_of
from marketplace.orders.models import CheckoutAttempt, PaymentMethod
from marketplace.orders.services.engine_orders.lookup import KnownRecords, look_up
from marketplace.orders.services.engine_orders.snapshot import (
    LineSnapshot,
    OrderSnapshot,
    ParcelQuote,
)
from marketplace.saleor.client import OrderAuthorizeStatusEnum, OrderChargeStatusEnum, OrderParts
from marketplace.saleor.client.fragments import (
    OrderPartsDeliveryMethodShippingMethod,
    OrderPartsLines,
)


class UnknownCooperative(TwizaError):
    """A line's product is not in our catalogue (yet): no cooperative can be named for it."""

    code = "unknown_seller"
    retry = True


class NotAnOrder(ValueError):
    """Nothing was bought from a cooperative: a draft, one that expired, or the store's own sale."""


def read_order(order: OrderParts, known: KnownRecords | None = None) -> OrderSnapshot:
    """Read the engine's order; raises UnknownCooperative when a line cannot be attributed.

    Raises NotAnOrder for a sale of the store's own products. ``known`` is what was looked up for
    it and others before.
    """
    known = known or look_up([order])
    facts = {item.key: item.value for item in order.private_metadata}
    order_id = known.order_ids[order.id]
    attempt = known.attempts.get(order_id)
    if not (attempt or _concerns_us(order, order_id, known)):
        raise NotAnOrder(order.number)
    return OrderSnapshot(
        engine_order=order,
        order_id=order_id,
        attempt=attempt,
        lines=_read_lines(order, known),
        parcel_quotes=_parcel_quotes(order, facts),
        market=_market(order, attempt, facts),
        payment_method=_payment_method(order, attempt, facts),
    )


def _concerns_us(order: OrderParts, order_id: UUID, known: KnownRecords) -> bool:
    """Whether a cooperative sold something in it: a store may sell products of its own besides."""
    if order_id in known.placed:
        return True
    made = order.created if isinstance(order.created, datetime) else parse_datetime(order.created)
    listings = [
        known.listings.get(known.variant_ids[line.id])
        for line in order.lines
        if line.id in known.variant_ids
    ]
    return any(
        listing and (not listing.is_from_store or (made and listing.adoption.covers(made)))
        for listing in listings
    )


def _market(order: OrderParts, attempt: CheckoutAttempt | None, facts: dict[str, str]) -> str:
    named = attempt.market if attempt else facts.get(MARKET_KEY)
    return named or market_of_channel(order.channel.slug).code


def _payment_method(
    order: OrderParts, attempt: CheckoutAttempt | None, facts: dict[str, str]
) -> str:
    """How it is paid: as chosen here, unless the engine's money says otherwise.

    A buyer who holds her checkout's id may pay it at the engine directly, by another method than
    the one that she chose here. Only cash on delivery is authorized and not charged.
    """
    on_delivery = (
        order.charge_status == OrderChargeStatusEnum.NONE
        and order.authorize_status == OrderAuthorizeStatusEnum.FULL
    )
    if attempt is None:
        named = facts.get(METHOD_KEY, "")
        if named in PaymentMethod.values:
            return named
    elif attempt.payment_method in PaymentMethod.values and not on_delivery:
        is_charged = order.charge_status != OrderChargeStatusEnum.NONE
        is_other = attempt.payment_method == PaymentMethod.CASH and is_charged
        return PaymentMethod.CARD if is_other else attempt.payment_method
    return PaymentMethod.CASH if on_delivery else PaymentMethod.CARD


def _parcel_quotes(order: OrderParts, facts: dict[str, str]) -> dict[UUID, ParcelQuote]:
    """The price of each cooperative's parcel: our App's delivery method has it, or an import."""
    method = order.delivery_method
    text = facts.get(PARCELS_KEY, "")
    if isinstance(method, OrderPartsDeliveryMethodShippingMethod):
        text = {item.key: item.value for item in method.metadata}.get(PARCELS_KEY, text)
    try:
        rows = json.loads(text) if text else []
        return {
            UUID(row["cooperative"]): ParcelQuote(
                int(row["amount_minor"]),
                row.get("days_min"),
                row.get("days_max"),
                max(0, int(row.get("waived_minor", 0))),
                int(row["pickup"]) if row.get("pickup") else None,
            )
            for row in rows
        }
    except (ValueError, KeyError, TypeError):
        return {}


def _read_lines(order: OrderParts, known: KnownRecords) -> list[LineSnapshot]:
    """The order's lines with their cooperative, listing and titles of today."""
    found = []
    for line in order.lines:
        variant_id = known.variant_ids.get(line.id)
        listing = known.listings.get(variant_id) if variant_id else None
        if variant_id is None or listing is None:
            raise UnknownCooperative
        page = known.pages.get(listing.pk)
        row = _line(line, known.line_ids[line.id], variant_id, listing, page)
        found.append(_with_voucher(row, line) if order.voucher_code else row)
    return found


def _line(
    line: OrderPartsLines,
    line_id: UUID,
    variant_id: UUID,
    listing: Listing,
    page: ListingPage | None,
) -> LineSnapshot:
    gross, net = minor_of(line.total_price.gross), minor_of(line.total_price.net)
    titles = dict(page.names) if page else {}
    return LineSnapshot(
        line_id=line_id,
        listing_id=listing.pk,
        variant_id=variant_id,
        cooperative_id=listing.cooperative_id,
        category_slug=listing.category_slug,
        title=line.translated_product_name or line.product_name,
        titles=titles,
        sku=line.product_sku or "",
        quantity=line.quantity,
        unit_minor=minor_of(line.unit_price.gross),
        total_minor=gross,
        discount_minor=0,
        tax_minor=gross - net,
        # The engine keeps a rate as a ratio (0.2); we count basis points.
        tax_rate_bp=round(line.tax_rate * WHOLE_BP),
        weight_grams=page.weight_grams if page else 0,
    )


def _with_voucher(row: LineSnapshot, line: OrderPartsLines) -> LineSnapshot:
    """A line of an order with a voucher: its price without it, and what it took off."""
    before = max(minor_of(line.undiscounted_total_price.gross), row.total_minor)
    discount = before - row.total_minor
    unit = before // line.quantity if discount else row.unit_minor
    return replace(row, unit_minor=unit, discount_minor=discount)
