"""An order of the old engine as the new one takes it in bulk, with its own dates.

In bulk an engine allocates no stock: pieces that wait to be sent go in as a parcel which is taken
back at once (``order_rest``), and that allocates them. What came back goes in as a parcel as well,
and is returned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID, uuid5

from catalog.models import ListingVariant
from marketplace.moving.sides import Side
from marketplace.moving.stocks import uuid_of
from marketplace.orders.engine_metadata import PARCELS_KEY
from marketplace.saleor import ids
from marketplace.saleor.client import (
    AddressInput,
    FulfillmentStatus,
    LanguageCodeEnum,
    MetadataInput,
    OrderBulkCreateDeliveryMethodInput,
    OrderBulkCreateFulfillmentInput,
    OrderBulkCreateFulfillmentLineInput,
    OrderBulkCreateInput,
    OrderBulkCreateOrderLineInput,
    OrderBulkCreateUserInput,
    OrderParts,
    OrderStatus,
    TaxedMoneyInput,
)
from marketplace.saleor.client.enums import CountryCode
from marketplace.saleor.client.fragments import (
    OrderPartsDeliveryMethodShippingMethod,
    OrderPartsLines,
)
from marketplace.saleor.past_orders import Requisites, requisites
from vendors.scoping import Crossing

# On a line: our id of it. On an order: the number that the old engine gave it.
LINE_KEY, NUMBER_KEY = "twiza.line", "twiza.number_before"
BACK = {FulfillmentStatus.RETURNED, FulfillmentStatus.REFUNDED_AND_RETURNED}
GONE = {FulfillmentStatus.CANCELED, FulfillmentStatus.WAITING_FOR_APPROVAL}
# An engine's e-mail may not be empty; this one belongs to nobody.
NOBODY = "erased@twiza.invalid"
# Regions of these are checked against the engine's own names; ours are codes.
_WITHOUT_AREA = frozenset({"MA", "EG", "TN", "SN", "JO"})


class Use(Enum):
    """What a parcel of the input stands for."""

    SENT = "sent"
    BACK = "back"
    HELD = "held"


@dataclass(frozen=True)
class WantedParcel:
    """A parcel of the input: line's place → pieces. ``parcel_id`` is ours, of one that was sent."""

    use: Use
    cooperative_id: UUID
    quantities: dict[int, int]
    tracking: str = ""
    parcel_id: UUID | None = None


@dataclass(frozen=True)
class WantedOrder:
    """An order of the old engine, with our ids."""

    order: OrderParts
    order_id: UUID
    line_ids: list[UUID]
    sellers: list[UUID]
    variants: list[UUID]
    parcels: list[WantedParcel] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How the report calls it."""
        return f"{self.order.number} ({self.order_id})"


class Reader:
    """Reads a page of the old engine's orders with what our rows know of them, at once."""

    def __init__(self, source: Side, orders: Sequence[OrderParts]) -> None:
        self.order_ids = source.our_ids(ids.ORDER, [order.id for order in orders])
        lines = [line for order in orders for line in order.lines]
        self.line_ids = source.our_ids(ids.ORDER_LINE, [line.id for line in lines])
        parcels = [f.id for order in orders for f in order.fulfillments]
        self.parcel_ids = source.our_ids(ids.FULFILLMENT, parcels)
        variants = {uuid_of(line.variant.external_reference) for line in lines if line.variant}
        rows = ListingVariant.objects.crossing(Crossing.OPERATOR_COMMAND)
        found = rows.filter(pk__in=variants - {None})
        self.sellers = dict(found.values_list("pk", "listing__cooperative_id"))

    def our_id(self, order: OrderParts) -> UUID:
        """Our id of an order; one that we never brought in gets one that is always the same."""
        found = self.order_ids.get(order.id) or uuid_of(order.external_reference)
        return found or uuid5(ids.NAMESPACE, order.id)

    def read(self, order: OrderParts) -> WantedOrder | str:
        """The order in our terms; or why it cannot be moved."""
        key = self.our_id(order)
        line_ids, sellers, variants = [], [], []
        for line in order.lines:
            variant = uuid_of(line.variant.external_reference) if line.variant else None
            seller = self.sellers.get(variant) if variant else None
            if variant is None or seller is None:
                return f"{line.product_name} is of no listing of ours: no cooperative can be named."
            line_ids.append(self.line_ids.get(line.id) or uuid5(key, line.id))
            sellers.append(seller)
            variants.append(variant)
        wanted = WantedOrder(order, key, line_ids, sellers, variants)
        wanted.parcels.extend(self._parcels(wanted))
        return wanted

    def _parcels(self, wanted: WantedOrder) -> Iterable[WantedParcel]:
        places = {line.id: place for place, line in enumerate(wanted.order.lines)}
        for parcel in sorted(wanted.order.fulfillments, key=lambda f: f.fulfillment_order):
            quantities = {
                places[row.order_line.id]: row.quantity
                for row in parcel.lines or []
                if row.order_line and row.quantity
            }
            if quantities and parcel.status not in GONE:
                yield WantedParcel(
                    Use.BACK if parcel.status in BACK else Use.SENT,
                    wanted.sellers[next(iter(quantities))],
                    quantities,
                    parcel.tracking_number or "",
                    self.parcel_ids.get(parcel.id),
                )
        yield from _held(wanted)


def _held(wanted: WantedOrder) -> Iterable[WantedParcel]:
    """What the old engine keeps in stock for the order, by cooperative."""
    if wanted.order.status == OrderStatus.CANCELED:
        return
    held: dict[UUID, dict[int, int]] = {}
    for place, line in enumerate(wanted.order.lines):
        if quantity := sum(kept.quantity for kept in line.allocations or []):
            held.setdefault(wanted.sellers[place], {})[place] = quantity
    for seller, quantities in held.items():
        yield WantedParcel(Use.HELD, seller, quantities)


class Writer:
    """Writes orders for the new engine; knows what it wants named."""

    def __init__(self, orders: Sequence[WantedOrder]) -> None:
        sellers = {seller for order in orders for seller in order.sellers}
        self.warehouses = ids.global_ids(ids.WAREHOUSE, sellers)
        variants = {variant for order in orders for variant in order.variants}
        self.variants = ids.global_ids(ids.VARIANT, variants)
        self.named: Requisites = requisites()

    def lacks(self, wanted: WantedOrder) -> str:
        """What of an order is not at the new engine, so that it cannot be made there."""
        if any(seller not in self.warehouses for seller in wanted.sellers):
            return "One of its cooperatives could not be moved."
        if any(variant not in self.variants for variant in wanted.variants):
            return "One of its listings could not be moved."
        return ""

    def order(self, wanted: WantedOrder, *, without: Sequence[str] = ()) -> OrderBulkCreateInput:
        """The input; without payments, which the App enters itself so that they are its own.

        ``without`` names fields of the addresses that the engine does not take as they are.
        """
        order = wanted.order
        shipping = order.shipping_address or order.billing_address
        return OrderBulkCreateInput(
            external_reference=str(wanted.order_id),
            channel=order.channel.slug,
            created_at=_moment(order.created).isoformat(),
            status=_status(wanted),
            user=OrderBulkCreateUserInput(email=order.user_email or NOBODY),
            billing_address=_address(order.billing_address or shipping, without),
            shipping_address=_address(shipping, without),
            currency=order.channel.currency_code,
            language_code=LanguageCodeEnum(order.language_code_enum.value),
            customer_note=order.customer_note or "",
            metadata=_metadata(order),
            lines=[self._line(wanted, place, line) for place, line in enumerate(order.lines)],
            delivery_method=OrderBulkCreateDeliveryMethodInput(
                shipping_method_id=self.named.delivery_method_id,
                shipping_method_name=order.shipping_method_name or "Standard",
                shipping_price=_taxed(order.shipping_price),
                shipping_tax_class_id=self.named.tax_class_id,
            ),
            fulfillments=[self._parcel(wanted, parcel) for parcel in wanted.parcels],
        )

    def _line(
        self, wanted: WantedOrder, place: int, line: OrderPartsLines
    ) -> OrderBulkCreateOrderLineInput:
        # Lines of one moment come back in any order: a millisecond keeps theirs.
        at = _moment(wanted.order.created) + timedelta(milliseconds=place)
        price = _taxed(line.total_price)
        return OrderBulkCreateOrderLineInput(
            variant_external_reference=str(wanted.variants[place]),
            product_name=line.product_name,
            variant_name=line.variant_name,
            product_sku=line.product_sku,
            translated_product_name=line.translated_product_name,
            created_at=at.isoformat(),
            is_shipping_required=True,
            is_gift_card=False,
            quantity=line.quantity,
            total_price=price,
            undiscounted_total_price=price,
            warehouse=self.warehouses[wanted.sellers[place]],
            metadata=[
                *(MetadataInput(key=m.key, value=m.value) for m in line.metadata),
                MetadataInput(key=LINE_KEY, value=str(wanted.line_ids[place])),
            ],
            tax_rate=f"{line.tax_rate:.4f}",
            tax_class_id=self.named.tax_class_id,
        )

    def _parcel(self, wanted: WantedOrder, parcel: WantedParcel) -> OrderBulkCreateFulfillmentInput:
        return OrderBulkCreateFulfillmentInput(
            tracking_code=parcel.tracking,
            lines=[
                OrderBulkCreateFulfillmentLineInput(
                    variant_external_reference=str(wanted.variants[place]),
                    quantity=quantity,
                    warehouse=self.warehouses[wanted.sellers[place]],
                    order_line_index=place,
                )
                for place, quantity in parcel.quantities.items()
            ],
        )


def _status(wanted: WantedOrder) -> OrderStatus:
    """The engine wants the status that the parcels of the input make."""
    if wanted.order.status == OrderStatus.CANCELED:
        return OrderStatus.CANCELED
    ordered = sum(line.quantity for line in wanted.order.lines)
    sent = sum(sum(parcel.quantities.values()) for parcel in wanted.parcels)
    if not sent:
        return OrderStatus.UNFULFILLED
    return OrderStatus.FULFILLED if sent >= ordered else OrderStatus.PARTIALLY_FULFILLED


def _metadata(order: OrderParts) -> list[MetadataInput]:
    facts = {item.key: item.value for item in order.metadata}
    method = order.delivery_method
    if isinstance(method, OrderPartsDeliveryMethodShippingMethod):
        split = {item.key: item.value for item in method.metadata}.get(PARCELS_KEY)
        facts |= {PARCELS_KEY: split} if split else {}
    facts.setdefault(NUMBER_KEY, order.number)
    return [MetadataInput(key=key, value=value) for key, value in facts.items()]


def _address(parts: Any, without: Sequence[str]) -> AddressInput:
    if parts is None:
        return AddressInput(first_name="", last_name="", city="-", country=CountryCode("MA"))
    # Ours are ISO codes (IT-TO), the engine's lists have the part after the country.
    area = parts.country_area.removeprefix(f"{parts.country.code}-")
    if parts.country.code in _WITHOUT_AREA:
        area = ""
    found = AddressInput(
        first_name=parts.first_name,
        last_name=parts.last_name,
        company_name=parts.company_name,
        street_address_1=parts.street_address_1,
        street_address_2=parts.street_address_2,
        city=parts.city,
        city_area=parts.city_area,
        postal_code=parts.postal_code,
        country=CountryCode(parts.country.code),
        country_area=area,
        phone=parts.phone or "",
    )
    return found.model_copy(update=dict.fromkeys(without, ""))


def _taxed(price: Any) -> TaxedMoneyInput:
    return TaxedMoneyInput(gross=amount_of(price.gross), net=amount_of(price.net))


def amount_of(money: Any) -> str:
    """The client's ``MoneyParts`` as a decimal of its currency."""
    return f"{Decimal(money.fractional_amount).scaleb(-money.fraction_digits):f}"


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
