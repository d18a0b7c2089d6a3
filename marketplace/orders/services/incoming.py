"""Reading the engine's order into our own terms, with what our rows know of its lines."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.dateparse import parse_datetime

from catalog.markets import home_market, market_of_channel
from catalog.models import Listing, ListingPage, ListingVariant
from marketplace.core.errors import TwizaError
from marketplace.orders.address import Address
from marketplace.orders.engine_metadata import (
    MARKET_KEY,
    METHOD_KEY,
    ORDER_KEY,
    PARCELS_KEY,
)
from marketplace.orders.engine_money import minor_of
from marketplace.orders.models import CheckoutAttempt, Order, PaymentMethod
from marketplace.orders.numbers import order_number
from marketplace.saleor import ids
from marketplace.saleor.client import OrderAuthorizeStatusEnum, OrderChargeStatusEnum, OrderParts
from marketplace.saleor.client.fragments import (
    OrderPartsDeliveryMethodShippingMethod,
    OrderPartsLines,
)
from vendors.scoping import Crossing


class UnknownSeller(TwizaError):
    """A line's product is not in our catalogue (yet): no cooperative can be named for it."""

    code = "unknown_seller"
    retry = True


class NotAnOrder(ValueError):
    """Nothing was bought from a cooperative: a draft, one that expired, or the store's own sale."""


@dataclass(frozen=True)
class IncomingLine:
    """A line of the engine's order; minor units of the order's currency, taxes included."""

    line_id: UUID
    listing_id: UUID
    variant_id: UUID
    cooperative_id: UUID
    category_slug: str
    title: str
    titles: dict[str, str]
    sku: str
    quantity: int
    unit_minor: int
    total_minor: int
    tax_minor: int
    tax_rate_bp: int
    weight_grams: int


@dataclass(frozen=True)
class Split:
    """What a cooperative's parcel costs to send, and its days, as quoted to the buyer."""

    amount_minor: int
    days_min: int | None
    days_max: int | None


@dataclass(frozen=True)
class IncomingOrder:
    """The engine's order in our terms."""

    engine_order: OrderParts
    order_id: UUID
    attempt: CheckoutAttempt | None
    lines: list[IncomingLine]
    split: dict[UUID, Split]
    market: str
    payment_method: str

    def as_row(self) -> Order:
        """The row to insert if there is none yet."""
        order = self.engine_order
        address = self._address()
        return Order(
            pk=self.order_id,
            number=order_number(self.order_id),
            market=self.market,
            channel_slug=order.channel.slug,
            currency=order.channel.currency_code,
            language=self.attempt.language if self.attempt else self._language(),
            email=order.user_email or "",
            phone=(self.attempt.phone if self.attempt else "") or address.phone,
            name=address.name,
            address_json=address.model_dump_json(),
            country_code=address.country_code,
            region_code=address.region_code,
            goods_minor=sum(line.total_minor for line in self.lines),
            tax_minor=minor_of(order.total.tax),
            shipping_minor=minor_of(order.shipping_price.gross),
            total_minor=minor_of(order.total.gross),
            payment_method=self.payment_method,
            placed_at=order.created,
            checkout_id=self._checkout_id(),
        )

    def _address(self) -> Address:
        parts = self.engine_order.shipping_address or self.engine_order.billing_address
        if self.attempt is not None:
            return self.attempt.address
        if parts is not None:
            return Address.from_engine(parts)
        country = home_market("").default_country
        return Address(name="", line1="", city="", country_code=country)

    def _language(self) -> str:
        return str(self.engine_order.language_code_enum.value)[:2].lower()

    def _checkout_id(self) -> UUID | None:
        if self.attempt is not None:
            return self.attempt.checkout_id
        gid = self.engine_order.checkout_id
        return ids.our_id_or_new(ids.CHECKOUT, gid) if gid else None


@dataclass(frozen=True)
class Known:
    """What our rows know of some of the engine's orders, looked up for all of them at once."""

    order_ids: dict[str, UUID]
    attempts: dict[UUID, CheckoutAttempt]
    line_ids: dict[str, UUID]
    variant_ids: dict[str, UUID]
    listings: dict[UUID, Listing]
    pages: dict[UUID, ListingPage]
    placed: set[UUID]


def look_up(orders: Sequence[OrderParts]) -> Known:
    """What we know of these orders and their lines; lines seen for the first time get ids."""
    order_ids = ids.our_ids(ids.ORDER, [order.id for order in orders])
    order_ids |= {row.id: _new_order_id(row) for row in orders if row.id not in order_ids}
    lines = [line for order in orders for line in order.lines]
    variant_ids = _variant_ids(lines)
    listings = _listings(variant_ids.values())
    pages = ListingPage.objects.filter(listing_id__in={row.pk for row in listings.values()})
    attempts = CheckoutAttempt.objects.filter(order_id__in=order_ids.values())
    return Known(
        order_ids=order_ids,
        attempts={attempt.order_id: attempt for attempt in attempts},
        line_ids=_line_ids(lines),
        variant_ids=variant_ids,
        listings=listings,
        pages={p.listing_id: p for p in pages.only("listing_id", "names", "weight_grams")},
        placed=set(Order.objects.filter(pk__in=order_ids.values()).values_list("pk", flat=True)),
    )


def read_order(order: OrderParts, known: Known | None = None) -> IncomingOrder:
    """Read the engine's order; raises UnknownSeller when a line cannot be attributed.

    Raises NotAnOrder for a sale of the store's own products. ``known`` is what was looked up for
    it and others before.
    """
    known = known or look_up([order])
    facts = {item.key: item.value for item in order.metadata}
    order_id = known.order_ids[order.id]
    attempt = known.attempts.get(order_id)
    if not (attempt or facts.get(ORDER_KEY) or _concerns_us(order, order_id, known)):
        raise NotAnOrder(order.number)
    return IncomingOrder(
        engine_order=order,
        order_id=order_id,
        attempt=attempt,
        lines=_read_lines(order, known),
        split=_split(order, facts),
        market=facts.get(MARKET_KEY) or market_of_channel(order.channel.slug).code,
        payment_method=_payment_method(order, attempt, facts),
    )


def _concerns_us(order: OrderParts, order_id: UUID, known: Known) -> bool:
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


def _new_order_id(order: OrderParts) -> UUID:
    """Our id of an order not known before: promised by the checkout, given by an import, or new."""
    facts = {item.key: item.value for item in order.metadata}
    for text in (facts.get(ORDER_KEY), order.external_reference):
        try:
            return UUID(text or "")
        except ValueError:
            continue
    return ids.our_id_or_new(ids.ORDER, order.id)


def _payment_method(
    order: OrderParts, attempt: CheckoutAttempt | None, facts: dict[str, str]
) -> str:
    named = (attempt.payment_method if attempt else "") or facts.get(METHOD_KEY, "")
    if named in PaymentMethod.values:
        return named
    on_delivery = (
        order.charge_status == OrderChargeStatusEnum.NONE
        and order.authorize_status == OrderAuthorizeStatusEnum.FULL
    )
    return PaymentMethod.CASH if on_delivery else PaymentMethod.CARD


def _split(order: OrderParts, facts: dict[str, str]) -> dict[UUID, Split]:
    """The price of each cooperative's parcel, from the chosen method's own metadata."""
    method = order.delivery_method
    text = facts.get(PARCELS_KEY, "")
    if isinstance(method, OrderPartsDeliveryMethodShippingMethod):
        text = {item.key: item.value for item in method.metadata}.get(PARCELS_KEY, text)
    try:
        rows = json.loads(text) if text else []
        return {
            UUID(row["cooperative"]): Split(
                int(row["amount_minor"]), row.get("days_min"), row.get("days_max")
            )
            for row in rows
        }
    except (ValueError, KeyError, TypeError):
        return {}


def _read_lines(order: OrderParts, known: Known) -> list[IncomingLine]:
    """The order's lines with their cooperative, listing and titles of today."""
    found = []
    for line in order.lines:
        variant_id = known.variant_ids.get(line.id)
        listing = known.listings.get(variant_id) if variant_id else None
        if variant_id is None or listing is None:
            raise UnknownSeller
        page = known.pages.get(listing.pk)
        found.append(_line(line, known.line_ids[line.id], variant_id, listing, page))
    return found


def _line_ids(lines: Iterable[OrderPartsLines]) -> dict[str, UUID]:
    """Our ids of the engine's lines; those seen for the first time get new ones, all at once."""
    gids = [line.id for line in lines]
    known = ids.our_ids(ids.ORDER_LINE, gids)
    new = [gid for gid in gids if gid not in known]
    if not new:
        return known
    ids.link_many(ids.ORDER_LINE, [(uuid4(), gid) for gid in new])
    # Read again: another process may have been first.
    return ids.our_ids(ids.ORDER_LINE, gids)


def _variant_ids(lines: Iterable[OrderPartsLines]) -> dict[str, UUID]:
    gids = {line.id: line.product_variant_id or "" for line in lines}
    known = ids.our_ids(ids.VARIANT, [gid for gid in gids.values() if gid])
    found = {}
    for line in lines:
        if gids[line.id] in known:
            # A product that the store had before us may have a reference of its own.
            found[line.id] = known[gids[line.id]]
            continue
        reference = line.variant.external_reference if line.variant else None
        try:
            found[line.id] = UUID(reference or "")
        except ValueError:
            continue
    return found


def _listings(variant_ids: Iterable[UUID]) -> dict[UUID, Listing]:
    rows = (
        ListingVariant.objects.crossing(Crossing.ENGINE_PROJECTION)
        .filter(pk__in=set(variant_ids))
        .select_related("listing__adoption")
    )
    return {row.pk: row.listing for row in rows}


def _line(
    line: OrderPartsLines,
    line_id: UUID,
    variant_id: UUID,
    listing: Listing,
    page: ListingPage | None,
) -> IncomingLine:
    gross, net = minor_of(line.total_price.gross), minor_of(line.total_price.net)
    titles = dict(page.names) if page else {}
    return IncomingLine(
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
        tax_minor=gross - net,
        # The engine keeps a rate as a ratio (0.2); we count basis points.
        tax_rate_bp=round(line.tax_rate * 10_000),
        weight_grams=page.weight_grams if page else 0,
    )
