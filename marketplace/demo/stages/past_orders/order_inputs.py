"""Past orders as input of the engine's bulk creation."""

import json
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from catalog.models import ListingVariant
from marketplace.core.days import day_of
from marketplace.core.money import Money
from marketplace.demo.stages.past_orders.timing import (
    after,
    has_left,
    is_paid,
    is_refunded,
    order_id_of,
)
from marketplace.demo.world.orders import ZONE, Course, Purchase
from marketplace.orders.address import Address
from marketplace.orders.delivery_plans import PlannedLine, PlannedParcel, plan_parcels
from marketplace.orders.engine_address import address_input
from marketplace.orders.engine_metadata import MARKET_KEY, METHOD_KEY, PARCELS_KEY, SENT_KEY
from marketplace.orders.shipping_rates import Place
from marketplace.saleor import ids
from marketplace.saleor.client import (
    AddressInput,
    LanguageCodeEnum,
    MetadataInput,
    MoneyInput,
    OrderBulkCreateDeliveryMethodInput,
    OrderBulkCreateFulfillmentInput,
    OrderBulkCreateFulfillmentLineInput,
    OrderBulkCreateInput,
    OrderBulkCreateOrderLineInput,
    OrderBulkCreateUserInput,
    OrderStatus,
    TaxedMoneyInput,
    TransactionActionEnum,
    TransactionCreateInput,
)
from marketplace.saleor.past_orders import requisites
from vendors.models import Cooperative, TaxStatus
from vendors.scoping import Crossing


class OrderInputs:
    """Builds the engine's input of past orders: variants, warehouses and VAT are read once."""

    def __init__(self, wanted: Iterable[Purchase]) -> None:
        keys = {line.offer.key[:120] for purchase in wanted for line in purchase.lines}
        rows = (
            ListingVariant.objects.crossing(Crossing.DEMO_WORLD)
            .filter(listing__import_key__in=keys)
            .select_related("listing")
        )
        self.variants: dict[str, ListingVariant] = {r.listing.import_key: r for r in rows}
        cooperatives = {row.listing.cooperative_id for row in rows}
        self.warehouses = ids.global_ids(ids.WAREHOUSE, cooperatives)
        found = Cooperative.objects.crossing(Crossing.DEMO_WORLD).filter(pk__in=cooperatives)
        self.cooperatives = {row.slug: row for row in found}
        liable = TaxStatus.objects.crossing(Crossing.DEMO_WORLD).filter(
            cooperative__in=cooperatives, vat_registered=True, valid_to__isnull=True
        )
        self.named = requisites()
        self.vat: dict[UUID, int] = dict(liable.values_list("cooperative_id", "vat_rate_bp"))

    # long: one input of the engine, field by field
    def order(self, purchase: Purchase, begun_at: datetime) -> OrderBulkCreateInput | None:
        """The order's input; None when one of its parcels cannot be sent there."""
        plans = self.plans(purchase)
        if any(plan is None for plan in plans.values()):
            return None
        parcels = [plan for plan in plans.values() if plan is not None]
        address = _address(purchase)
        shipping = sum(parcel.amount_minor for parcel in parcels)
        sent = [course for course in purchase.courses if has_left(course, purchase, begun_at)]
        status = (
            OrderStatus.FULFILLED
            if len(sent) == len(purchase.courses)
            else (OrderStatus.PARTIALLY_FULFILLED if sent else OrderStatus.UNFULFILLED)
        )
        currency = parcels[0].currency
        return OrderBulkCreateInput(
            external_reference=str(order_id_of(purchase)),
            channel=purchase.channel,
            created_at=purchase.placed_at.isoformat(),
            status=status,
            user=OrderBulkCreateUserInput(email=purchase.buyer.email),
            billing_address=address,
            shipping_address=address,
            currency=currency,
            language_code=LanguageCodeEnum(purchase.language.upper()),
            private_metadata=_facts(purchase, parcels, sent),
            lines=[self._line(purchase, n, currency) for n in range(len(purchase.lines))],
            delivery_method=OrderBulkCreateDeliveryMethodInput(
                shipping_method_id=self.named.delivery_method_id,
                shipping_method_name="Standard",
                shipping_price=_taxed(shipping, shipping, currency),
                shipping_tax_class_id=self.named.tax_class_id,
            ),
            fulfillments=[self._fulfilment(purchase, course) for course in sent],
            transactions=[] if is_refunded(purchase) else [self.payment(purchase, begun_at)],
        )

    def plans(self, purchase: Purchase) -> dict[UUID, PlannedParcel | None]:
        """The parcels of the order, at the prices of its day."""
        return plan_parcels(
            [
                PlannedLine(
                    variant_id=self._variant(line.offer.key).pk,
                    cooperative_id=self.cooperatives[line.offer.cooperative_slug].pk,
                    quantity=line.quantity,
                    weight_grams=line.offer.grams,
                )
                for line in purchase.lines
            ],
            destination=Place(purchase.buyer.country, purchase.buyer.region),
            currency=_currency(purchase),
            on=day_of(purchase.placed_at, ZONE),
        )

    def _variant(self, key: str) -> ListingVariant:
        return self.variants[key[:120]]

    def _line(self, purchase: Purchase, place: int, currency: str) -> OrderBulkCreateOrderLineInput:
        bought = purchase.lines[place]
        gross = bought.offer.prices[purchase.channel] * bought.quantity
        cooperative = self.cooperatives[bought.offer.cooperative_slug]
        # As at the checkout: a registered cooperative's VAT is in its prices, at home only.
        at_home = cooperative.country_code == purchase.buyer.country
        rate_bp = self.vat.get(cooperative.pk, 0) if at_home else 0
        net = Money(gross, currency).share(Fraction(10_000, 10_000 + rate_bp)).amount_minor
        price = _taxed(gross, net, currency)
        return OrderBulkCreateOrderLineInput(
            variant_external_reference=str(self._variant(bought.offer.key).pk),
            product_name=bought.offer.title.fr,
            translated_product_name=bought.offer.title[purchase.language],
            created_at=purchase.placed_at.isoformat(),
            is_shipping_required=True,
            is_gift_card=False,
            quantity=bought.quantity,
            total_price=price,
            undiscounted_total_price=price,
            warehouse=self.warehouses[cooperative.pk],
            tax_rate=f"{rate_bp / 10_000:.2f}",
            tax_class_id=self.named.tax_class_id,
        )

    def _fulfilment(self, purchase: Purchase, course: Course) -> OrderBulkCreateFulfillmentInput:
        cooperative = self.cooperatives[course.cooperative_slug]
        return OrderBulkCreateFulfillmentInput(
            tracking_code=course.tracking,
            lines=[
                OrderBulkCreateFulfillmentLineInput(
                    variant_external_reference=str(self._variant(line.offer.key).pk),
                    quantity=line.quantity,
                    warehouse=self.warehouses[cooperative.pk],
                    order_line_index=index,
                )
                for index, line in enumerate(purchase.lines)
                if line.offer.cooperative_slug == course.cooperative_slug
            ],
        )

    def payment(self, purchase: Purchase, begun_at: datetime) -> TransactionCreateInput:
        """The payment made, or to be made on delivery."""
        currency = _currency(purchase)
        shipping = sum(plan.amount_minor for plan in self.plans(purchase).values() if plan)
        lines_total = sum(x.offer.prices[purchase.channel] * x.quantity for x in purchase.lines)
        amount = MoneyInput(
            currency=currency, amount=str(Money(lines_total + shipping, currency).decimal)
        )
        wanted = TransactionCreateInput(
            name=purchase.method, psp_reference=f"demo-{purchase.number}"
        )
        # (the engine accepts a missing amount, but not null)
        if purchase.method == "cod" and not is_paid(purchase, begun_at):
            wanted.available_actions = [TransactionActionEnum.CHARGE]
            wanted.amount_authorized = amount
        else:
            wanted.available_actions = [TransactionActionEnum.REFUND]
            wanted.amount_charged = amount
        return wanted


def _currency(purchase: Purchase) -> str:
    return purchase.channel[-3:].upper()


def _taxed(gross: int, net: int, currency: str) -> TaxedMoneyInput:
    return TaxedMoneyInput(
        gross=str(Money(gross, currency).decimal), net=str(Money(net, currency).decimal)
    )


def _facts(
    purchase: Purchase, parcels: Iterable[PlannedParcel], sent: Iterable[Course]
) -> list[MetadataInput]:
    facts = {
        SENT_KEY: json.dumps(
            {c.tracking: after(purchase, c.sent_after or 0).isoformat() for c in sent}
        ),
        MARKET_KEY: purchase.buyer.market,
        METHOD_KEY: purchase.method,
        PARCELS_KEY: json.dumps(
            [
                {
                    "cooperative": str(parcel.cooperative_id),
                    "amount_minor": parcel.amount_minor,
                    "days_min": parcel.days_min,
                    "days_max": parcel.days_max,
                }
                for parcel in parcels
            ]
        ),
    }
    return [MetadataInput(key=key, value=value) for key, value in facts.items()]


def _address(purchase: Purchase) -> AddressInput:
    buyer = purchase.buyer
    return address_input(
        Address(
            name=buyer.name,
            line1=buyer.street,
            city=buyer.city,
            region_code=buyer.region,
            postal_code=buyer.postal_code,
            country_code=buyer.country,
            phone=buyer.phone,
        )
    )
