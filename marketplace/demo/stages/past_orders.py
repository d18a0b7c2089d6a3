"""Past orders with their true dates: brought in together, then what became of each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from catalog.models import ListingVariant
from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import EARLY_SLUGS, FIRST_SLUGS
from marketplace.demo.world.chance import named
from marketplace.demo.world.orders import ZONE, Course, Purchase, purchases
from marketplace.orders.address import Address
from marketplace.orders.delivery_plans import PlannedLine, PlannedParcel, plan_parcels
from marketplace.orders.engine_address import address_input
from marketplace.orders.engine_metadata import PARCELS_KEY, SENT_KEY
from marketplace.orders.models import EvidenceKind, Order, Parcel, ParcelState, VendorOrder
from marketplace.orders.services import deliveries
from marketplace.orders.services.bulk_projection import project_orders
from marketplace.orders.shipping_rates import Place
from marketplace.payments import services as payments
from marketplace.payments.errors import RefundRefused
from marketplace.payments.models import Refund, RemittanceLine
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
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
    OrderParts,
    OrderStatus,
    SaleorClient,
    TaxedMoneyInput,
    TransactionActionEnum,
    TransactionCreateInput,
)
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client
from marketplace.saleor.past_orders import requisites
from vendors.models import Cooperative, Programme, TaxStatus
from vendors.scoping import Crossing

PAST, RECENT = 2640, 215
FIRST = 240
REST = PAST - FIRST
WEEKS = 53
# What the engine takes in one call.
BATCH = 50
SECONDS = 120.0
CARRIER = "Transporteur de démonstration"
# A carrier pays the week's cash some days after its end.
CASH_DAYS = 5
CASH_CHARGED_AFTER = timedelta(days=14)


@cache
def all_purchases(begun_at: datetime) -> tuple[Purchase, ...]:
    """Every order of the world, oldest first; the last ``RECENT`` go through the checkout."""
    return tuple(purchases(count=PAST + RECENT, until=begun_at))


def are_early(purchase: Purchase) -> bool:
    """Whether its goods are among those that are made first."""
    return all(line.offer.maker in {*FIRST_SLUGS, *EARLY_SLUGS} for line in purchase.lines)


@cache
def _in_turn(begun_at: datetime) -> tuple[Purchase, ...]:
    """The past orders as they are made: some of every month that can be made early, the others."""
    past = all_purchases(begun_at)[:PAST]
    possible = [n for n, purchase in enumerate(past) if are_early(purchase)]
    step = max(1, len(possible) // FIRST)
    early = dict.fromkeys(possible[::step][:FIRST])
    return tuple(past[n] for n in [*early, *(n for n in range(PAST) if n not in early)])


def make_first(first: int, last: int, begun_at: datetime) -> None:
    """Some orders of every month, so that no page is empty."""
    _make([p for p in _in_turn(begun_at)[first:last] if are_early(p)], begun_at)


def make_rest(first: int, last: int, begun_at: datetime) -> None:
    """All the other past orders; those that could not be made early are among them."""
    missed = [p for p in _in_turn(begun_at)[:FIRST] if not are_early(p)] if first == 0 else []
    for place in range(0, len(missed), BATCH):
        _make(missed[place : place + BATCH], begun_at)
    _make(_in_turn(begun_at)[FIRST + first : FIRST + last], begun_at)


def order_id_of(purchase: Purchase) -> UUID:
    """Our id of a past order, the same at every attempt."""
    return named("order", purchase.number)


def _make(wanted: Sequence[Purchase], begun_at: datetime) -> None:
    known = _known(wanted)
    shelf = Shelf(wanted)
    inputs = [
        made
        for purchase in wanted
        if order_id_of(purchase) not in known and (made := shelf.order(purchase, begun_at))
    ]
    if inputs:
        late = {
            str(order_id_of(purchase)): shelf.payment(purchase, begun_at)
            for purchase in wanted
            if _is_refunded(purchase)
        }
        _bring_in(inputs, late)
    orders = Order.objects.in_bulk([order_id_of(purchase) for purchase in wanted])
    follow(
        [(orders[key], p) for p in wanted if (key := order_id_of(p)) in orders], begun_at=begun_at
    )
    for purchase in wanted:
        if order_id_of(purchase) in orders:
            refund(orders[order_id_of(purchase)], purchase, begun_at)


def _known(wanted: Iterable[Purchase]) -> set[UUID]:
    keys = [order_id_of(purchase) for purchase in wanted]
    return set(Order.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _bring_in(
    inputs: list[OrderBulkCreateInput], payments_of: Mapping[str, TransactionCreateInput]
) -> None:
    """Create them at the engine and project each at once; the webhook finds them done.

    An order that an interrupted attempt has made is refused as known, and found there. Payments in
    ``payments_of`` (by the order's reference) are entered after it, so that they are our App's:
    nobody could be asked to refund the others.
    """
    client = app_client()
    answer = client.bulk_create_orders(inputs, timeout=SECONDS).order_bulk_create
    results = answer.results if answer else []
    found = _found(client, [result.order.id for result in results if result.order])
    for wanted, result in zip(inputs, results, strict=True):
        if result.order is None:
            before = client.order_by_reference(wanted.external_reference or "").order
            if before is None:
                raise EngineRefused([_told(error) for error in result.errors or []])
            found.append(before)
    unpaid = {
        row.id: payment
        for row in found
        if not row.transactions and (payment := payments_of.get(row.external_reference or ""))
    }
    for order_id, payment in unpaid.items():
        accepted(client.create_transaction(order_id, payment).transaction_create)
    found = [row for row in found if row.id not in unpaid] + _found(client, list(unpaid))
    _link(found)
    project_orders(found)
    payments.project_transactions_of(found)


def _told(error: Any) -> dict[str, Any]:
    return {"field": error.path, "message": error.message, "code": error.code}


def _found(client: SaleorClient, order_ids: list[str]) -> list[OrderParts]:
    page = client.orders_by_ids(order_ids, timeout=SECONDS).orders if order_ids else None
    return [edge.node for edge in page.edges] if page else []


def _link(orders: Iterable[OrderParts]) -> None:
    """Our ids of everything in them, in few statements and the same for every demo."""
    rows = list(orders)
    ids.link_many(ids.ORDER, [(UUID(row.external_reference or ""), row.id) for row in rows])
    lines = [
        (named("line", row.external_reference, place), line.id)
        for row in rows
        for place, line in enumerate(row.lines)
    ]
    ids.link_many(ids.ORDER_LINE, lines)
    ids.link_many(
        ids.TRANSACTION,
        [
            (named("payment", row.external_reference), t.id)
            for row in rows
            for t in row.transactions
        ],
    )


class Shelf:
    """What the engine needs to know of the goods of some orders."""

    def __init__(self, wanted: Iterable[Purchase]) -> None:
        keys = {line.offer.key[:120] for purchase in wanted for line in purchase.lines}
        rows = (
            ListingVariant.objects.crossing(Crossing.DEMO_WORLD)
            .filter(listing__import_key__in=keys)
            .select_related("listing")
        )
        self.variants: dict[str, ListingVariant] = {r.listing.import_key: r for r in rows}
        sellers = {row.listing.cooperative_id for row in rows}
        self.warehouses = ids.global_ids(ids.WAREHOUSE, sellers)
        found = Cooperative.objects.crossing(Crossing.DEMO_WORLD).filter(pk__in=sellers)
        self.sellers = {row.slug: row for row in found}
        liable = TaxStatus.objects.crossing(Crossing.DEMO_WORLD).filter(
            cooperative__in=sellers, vat_registered=True, valid_to__isnull=True
        )
        self.named = requisites()
        self.vat: dict[UUID, int] = dict(liable.values_list("cooperative_id", "vat_rate_bp"))

    def order(self, purchase: Purchase, begun_at: datetime) -> OrderBulkCreateInput | None:
        """The order's input; None when a part of it cannot be sent there."""
        plans = self.plans(purchase)
        if any(plan is None for plan in plans.values()):
            return None
        parcels = [plan for plan in plans.values() if plan is not None]
        address = _address(purchase)
        shipping = sum(parcel.amount_minor for parcel in parcels)
        sent = [course for course in purchase.courses if _has_left(course, purchase, begun_at)]
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
            metadata=_metadata(purchase, parcels, sent),
            lines=[self._line(purchase, n, currency) for n in range(len(purchase.lines))],
            delivery_method=OrderBulkCreateDeliveryMethodInput(
                shipping_method_id=self.named.delivery_method_id,
                shipping_method_name="Standard",
                shipping_price=_taxed(shipping, shipping, currency),
                shipping_tax_class_id=self.named.tax_class_id,
            ),
            fulfillments=[self._fulfilment(purchase, course) for course in sent],
            transactions=[] if _is_refunded(purchase) else [self.payment(purchase, begun_at)],
        )

    def plans(self, purchase: Purchase) -> dict[UUID, PlannedParcel | None]:
        """The parcels of the order, at the prices of its day."""
        return plan_parcels(
            [
                PlannedLine(
                    variant_id=self._variant(line.offer.key).pk,
                    cooperative_id=self.sellers[line.offer.maker].pk,
                    quantity=line.quantity,
                    weight_grams=line.offer.grams,
                )
                for line in purchase.lines
            ],
            destination=Place(purchase.buyer.country, purchase.buyer.region),
            currency=_currency(purchase),
            on=purchase.placed_at.date(),
        )

    def _variant(self, key: str) -> ListingVariant:
        return self.variants[key[:120]]

    def _line(self, purchase: Purchase, place: int, currency: str) -> OrderBulkCreateOrderLineInput:
        bought = purchase.lines[place]
        gross = bought.offer.prices[purchase.channel] * bought.quantity
        seller = self.sellers[bought.offer.maker]
        # As at the checkout: a registered cooperative's VAT is in its prices, at home only.
        at_home = seller.country_code == purchase.buyer.country
        rate_bp = self.vat.get(seller.pk, 0) if at_home else 0
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
            warehouse=self.warehouses[seller.pk],
            tax_rate=f"{rate_bp / 10_000:.2f}",
            tax_class_id=self.named.tax_class_id,
        )

    def _fulfilment(self, purchase: Purchase, course: Course) -> OrderBulkCreateFulfillmentInput:
        seller = self.sellers[course.maker]
        return OrderBulkCreateFulfillmentInput(
            tracking_code=course.tracking,
            lines=[
                OrderBulkCreateFulfillmentLineInput(
                    variant_external_reference=str(self._variant(line.offer.key).pk),
                    quantity=line.quantity,
                    warehouse=self.warehouses[seller.pk],
                    order_line_index=index,
                )
                for index, line in enumerate(purchase.lines)
                if line.offer.maker == course.maker
            ],
        )

    def payment(self, purchase: Purchase, begun_at: datetime) -> TransactionCreateInput:
        """What was paid, or is to be paid at the door."""
        currency = _currency(purchase)
        shipping = sum(plan.amount_minor for plan in self.plans(purchase).values() if plan)
        goods = sum(x.offer.prices[purchase.channel] * x.quantity for x in purchase.lines)
        amount = MoneyInput(
            currency=currency, amount=str(Money(goods + shipping, currency).decimal)
        )
        wanted = TransactionCreateInput(
            name=purchase.method, psp_reference=f"demo-{purchase.number}"
        )
        # (the engine takes an amount that is left out, but not one that is null)
        if purchase.method == "cod" and not _is_paid(purchase, begun_at):
            wanted.available_actions = [TransactionActionEnum.CHARGE]
            wanted.amount_authorized = amount
        else:
            wanted.available_actions = [TransactionActionEnum.REFUND]
            wanted.amount_charged = amount
        return wanted


def _is_refunded(purchase: Purchase) -> bool:
    """Whether some of it goes back, sooner or later."""
    return purchase.method == "card" and any(c.refunded_units for c in purchase.courses)


def _currency(purchase: Purchase) -> str:
    return purchase.channel[-3:].upper()


def _taxed(gross: int, net: int, currency: str) -> TaxedMoneyInput:
    return TaxedMoneyInput(
        gross=str(Money(gross, currency).decimal), net=str(Money(net, currency).decimal)
    )


def _metadata(
    purchase: Purchase, parcels: Iterable[PlannedParcel], sent: Iterable[Course]
) -> list[MetadataInput]:
    facts = {
        SENT_KEY: json.dumps(
            {c.tracking: _after(purchase, c.sent_after or 0).isoformat() for c in sent}
        ),
        "twiza.market": purchase.buyer.market,
        "twiza.payment_method": purchase.method,
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


def _after(purchase: Purchase, hours: float) -> datetime:
    return purchase.placed_at + timedelta(hours=hours)


def _has_left(course: Course, purchase: Purchase, begun_at: datetime) -> bool:
    return course.sent_after is not None and _after(purchase, course.sent_after) <= begun_at


def _is_paid(purchase: Purchase, begun_at: datetime) -> bool:
    """Whether the carriers have brought back the cash of all its parcels."""
    arrived = [_after(purchase, c.arrived_after) for c in purchase.courses if c.arrived_after]
    return max(arrived) + CASH_CHARGED_AFTER <= begun_at


def follow(orders: Sequence[tuple[Order, Purchase]], *, begun_at: datetime) -> None:
    """Which parts of these orders arrived until now, with their evidence. Repeatable."""
    purchases_of = {order.pk: purchase for order, purchase in orders}
    rows = Parcel.objects.crossing(Crossing.DEMO_WORLD).filter(
        vendor_order__order__in=purchases_of, state=ParcelState.SHIPPED
    )
    arrivals = []
    for parcel in rows.select_related("vendor_order__cooperative"):
        part = parcel.vendor_order
        purchase = purchases_of[part.order_id]
        course = next(c for c in purchase.courses if c.maker == part.cooperative.slug)
        if course.arrived_after is None or _after(purchase, course.arrived_after) > begun_at:
            continue
        arrivals.append(
            deliveries.Arrival(
                parcel=parcel,
                kind=course.evidence,
                occurred_at=_after(purchase, course.arrived_after),
                by=Actor.buyer(part.order_id) if course.evidence == EvidenceKind.BUYER else BY,
                reference=course.tracking,
            )
        )
    deliveries.record_deliveries(arrivals)


def refund(order: Order, purchase: Purchase, begun_at: datetime) -> None:
    """What went back to the buyer until now. Repeatable; asks the engine."""
    if _is_refunded(purchase):
        parts = _parts(order)
        for course in purchase.courses:
            if (part := parts.get(course.maker)) is not None:
                _refund(part, course, purchase, begun_at)


def _parts(order: Order) -> dict[str, VendorOrder]:
    rows = VendorOrder.objects.crossing(Crossing.DEMO_WORLD).filter(order=order)
    return {row.cooperative.slug: row for row in rows.select_related("cooperative", "order")}


def _refund(part: VendorOrder, course: Course, purchase: Purchase, begun_at: datetime) -> None:
    when = _after(purchase, course.refund_after)
    if not course.refunded_units or purchase.method != "card" or when > begun_at:
        return
    if Refund.objects.crossing(Crossing.DEMO_WORLD).filter(vendor_order_id=part.pk).exists():
        return
    left, lines = course.refunded_units, {}
    for line in part.lines.all():
        units = min(left, line.quantity)
        if units:
            lines[line.pk], left = units, left - units
    try:
        payments.make_refund(
            vendor_order=part,
            lines=lines,
            include_shipping=course.refund_delivery and part.shipping_minor > 0,
            reason=course.reason,
            by=BY,
            occurred_at=when,
        )
    except RefundRefused:
        return


def bring_cash(first: int, last: int, begun_at: datetime) -> None:
    """Carriers' files, week by week: what was paid at the doors comes back some days later."""
    today = begun_at.astimezone(ZONE).date()
    monday = today - timedelta(days=today.weekday())
    for week in range(first, last):
        begins = monday - timedelta(weeks=WEEKS - 1 - week)
        received = begins + timedelta(days=7 + CASH_DAYS)
        if received <= today:
            for programme in Programme.objects.all():
                _bring_week(programme, begins, received)


def _bring_week(programme: Programme, begins: date, received: date) -> None:
    starts = timezone.make_aware(datetime.combine(begins, time()), ZONE)
    found = (
        VendorOrder.objects.crossing(Crossing.DEMO_WORLD)
        .filter(programme=programme, state="delivered", order__payment_method="cod")
        .filter(
            parcels__delivered_at__gte=starts, parcels__delivered_at__lt=starts + timedelta(days=7)
        )
        .distinct()
    )
    remitted = set(
        RemittanceLine.objects.crossing(Crossing.DEMO_WORLD)
        .filter(vendor_order_id__in=[row.pk for row in found])
        .values_list("vendor_order_id", flat=True)
    )
    by_currency: dict[str, list[VendorOrder]] = {}
    for row in found:
        if row.pk not in remitted:
            by_currency.setdefault(row.currency, []).append(row)
    for currency, rows in by_currency.items():
        payments.record_remittance(
            programme=programme,
            carrier=CARRIER,
            reference=f"VIR-{received:%Y%m%d}-{currency}",
            received_on=received,
            content=_file(rows).encode(),
            by=BY,
        )


def _file(rows: Iterable[VendorOrder]) -> str:
    lines = ["order,amount"]
    for row in sorted(rows, key=lambda r: r.number):
        due = Money(payments.due_at_door(row), row.currency)
        lines.append(f"{row.number},{due.decimal}")
    return "\n".join(lines) + "\n"
