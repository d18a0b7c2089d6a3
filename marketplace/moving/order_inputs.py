"""Orders of the old engine as input of the new engine's bulk creation."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from marketplace.core.postal_addresses import province_code, province_key
from marketplace.moving.order_reading import WantedOrder, WantedParcel
from marketplace.orders.engine_metadata import PARCELS_KEY
from marketplace.saleor import ids
from marketplace.saleor.client import (
    AddressInput,
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

# On a line: our id of it. On an order: its number in the old engine.
OUR_KEYS = "twiza."
LINE_KEY, NUMBER_KEY = "twiza.line", "twiza.number_before"


# The engine requires an e-mail address; this one belongs to nobody.
NOBODY = "erased@twiza.invalid"


class Writer:
    """Builds orders for the new engine; holds the ids that it requires."""

    def __init__(self, orders: Sequence[WantedOrder]) -> None:
        cooperative_ids = {
            cooperative_id for order in orders for cooperative_id in order.cooperative_ids
        }
        self.warehouses = ids.global_ids(ids.WAREHOUSE, cooperative_ids)
        variants = {variant for order in orders for variant in order.variants}
        self.variants = ids.global_ids(ids.VARIANT, variants)
        self.named: Requisites = requisites()

    def lacks(self, wanted: WantedOrder) -> str:
        """What the new engine lacks of an order, so that it cannot be created there."""
        if any(cooperative_id not in self.warehouses for cooperative_id in wanted.cooperative_ids):
            return "One of its cooperatives could not be moved."
        if any(variant not in self.variants for variant in wanted.variants):
            return "One of its listings could not be moved."
        return ""

    def order(self, wanted: WantedOrder, *, without: Sequence[str] = ()) -> OrderBulkCreateInput:
        """The input, without payments, which the App enters itself so that they are its own.

        ``without`` names fields of the addresses that the engine refuses.
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
            metadata=_copied(order.metadata),
            private_metadata=_facts(order),
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
        # Lines of the same time come back in any order: a millisecond keeps theirs.
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
            warehouse=self.warehouses[wanted.cooperative_ids[place]],
            metadata=[
                *_copied(line.metadata),
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
                    warehouse=self.warehouses[wanted.cooperative_ids[place]],
                    order_line_index=place,
                )
                for place, quantity in parcel.quantities.items()
            ],
        )


def _status(wanted: WantedOrder) -> OrderStatus:
    """The status that the engine requires for the parcels of the input."""
    if wanted.order.status == OrderStatus.CANCELED:
        return OrderStatus.CANCELED
    ordered = sum(line.quantity for line in wanted.order.lines)
    sent = sum(sum(parcel.quantities.values()) for parcel in wanted.parcels)
    if not sent:
        return OrderStatus.UNFULFILLED
    return OrderStatus.FULFILLED if sent >= ordered else OrderStatus.PARTIALLY_FULFILLED


def _copied(metadata: Iterable[Any]) -> list[MetadataInput]:
    """Public metadata as it was; what a buyer wrote under our own keys is left out."""
    return [
        MetadataInput(key=item.key, value=item.value)
        for item in metadata
        if not item.key.startswith(OUR_KEYS)
    ]


def _facts(order: OrderParts) -> list[MetadataInput]:
    """What only Apps and staff may write: what an import said, the parcels' prices, the number."""
    facts = {item.key: item.value for item in order.private_metadata}
    method = order.delivery_method
    if isinstance(method, OrderPartsDeliveryMethodShippingMethod):
        split = {item.key: item.value for item in method.metadata}.get(PARCELS_KEY)
        facts |= {PARCELS_KEY: split} if split else {}
    facts.setdefault(NUMBER_KEY, order.number)
    return [MetadataInput(key=key, value=value) for key, value in facts.items()]


def _address(parts: Any, without: Sequence[str]) -> AddressInput:
    if parts is None:
        return AddressInput(street_address_1="-", city="-", country=CountryCode("MA"))
    # The engine that is left has its own keys, or our ISO codes (IT-TO) from before it knew them.
    area = parts.country_area
    key = province_key(area) or province_key(province_code(parts.country.code, area))
    found = AddressInput(
        first_name=parts.first_name,
        last_name=parts.last_name,
        company_name=parts.company_name,
        street_address_1=parts.street_address_1 or "-",
        street_address_2=parts.street_address_2,
        city=parts.city or "-",
        city_area=parts.city_area,
        postal_code=parts.postal_code,
        country=CountryCode(parts.country.code),
        country_area=key,
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
