"""Vendor orders: in a list without the buyer, one by one with whom it goes to."""

from typing import Any

import graphene

from marketplace.core.money import Money as Amount
from marketplace.orders import queries as orders
from marketplace.orders.models import (
    EvidenceKind,
    Parcel,
    ParcelState,
    PaymentMethod,
    PaymentStatus,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.web.api.caller import caller, choice, key, text_of
from marketplace.web.api.errors import NotThere, OddValue
from marketplace.web.api.fields import Money, argument, enum_of, field, several
from marketplace.web.api.paging import connection, page_of
from vendors.scoping import Scope

_OPEN = "still to be sent, in part at least"
_SHORT = "still to be sent, and sold beyond stock"
OrderState = enum_of("VendorOrderState", "Where a vendor order stands.", VendorOrderState)
OrderFilter = enum_of(
    "VendorOrderFilter",
    "Which vendor orders: in a state, or all that need something done.",
    VendorOrderState,
    open=_OPEN,
    short=_SHORT,
)
StateOfParcel = enum_of("ParcelState", "Where a parcel is.", ParcelState)
KindOfEvidence = enum_of("EvidenceKind", "Who says that a parcel arrived.", EvidenceKind)
HowPaid = enum_of("PaymentMethod", "How the buyer pays.", PaymentMethod)
WhetherPaid = enum_of("PaymentStatus", "What became of the payment.", PaymentStatus)
_LATEST = (("placed_at", True), ("number", False))


class OrderCooperative(graphene.ObjectType):
    """The cooperative of a vendor order."""

    slug = field(graphene.String, "Its name in addresses.")
    legal_name = field(graphene.String, "Its registered name.")


class OrderLine(graphene.ObjectType):
    """A line as it was bought."""

    id = field(graphene.ID, "The line's id.")
    listing_id = field(graphene.ID, "The listing's id.")
    variant_id = field(graphene.ID, "The size's id.")
    sku = field(graphene.String, "The size's own number; may be empty.")
    title = field(graphene.String, "What was bought, in the reader's language if it was written.")
    quantity = field(graphene.Int, "How many were bought.")
    quantity_shipped = field(graphene.Int, "How many left.")
    quantity_delivered = field(graphene.Int, "How many arrived.")
    quantity_returned = field(graphene.Int, "How many came back.")
    quantity_refunded = field(graphene.Int, "How many were refunded.")
    quantity_refused = field(graphene.Int, "How many the cooperative could not deliver.")
    total = field(Money, "What the line cost, taxes included.")

    @staticmethod
    def resolve_title(root: VendorOrderLine, info: Any) -> str:
        return root.title_in(caller(info).language)

    @staticmethod
    def resolve_total(root: VendorOrderLine, _info: Any) -> Amount:
        return Amount(root.total_minor, root.vendor_order.currency)


class ParcelLine(graphene.ObjectType):
    """How many of a line are in a parcel."""

    line_id = field(graphene.ID, "The line's id.")
    quantity = field(graphene.Int, "How many.")


class Evidence(graphene.ObjectType):
    """A word that a parcel arrived."""

    kind = field(KindOfEvidence, "Who says so.")
    occurred_at = field(graphene.DateTime, "When it arrived, by that word.")


class ParcelOfOrder(graphene.ObjectType):
    """A parcel that left, or is being packed."""

    class Meta:
        name = "Parcel"

    id = field(graphene.ID, "The parcel's id.")
    number = field(graphene.Int, "Its number within the vendor order.")
    state = field(StateOfParcel, "Where it is.")
    carrier = field(graphene.String, "Who carries it; may be empty.")
    tracking_number = field(graphene.String, "The carrier's number; may be empty.")
    shipped_at = field(graphene.DateTime, "When it left.", required=False)
    delivered_at = field(graphene.DateTime, "When it arrived.", required=False)
    missed_at = field(
        graphene.DateTime, "Since when the buyer says that it has not come.", required=False
    )
    lines = several(ParcelLine, "What is in it.")
    evidence = several(Evidence, "What proves that it arrived.")

    @staticmethod
    def resolve_lines(root: Parcel, _info: Any) -> list[Any]:
        return list(root.lines.all())

    @staticmethod
    def resolve_evidence(root: Parcel, _info: Any) -> list[Any]:
        return list(root.evidence.all())


class Recipient(graphene.ObjectType):
    """To whom the parcels go. Use it to send them, and keep it no longer than that takes."""

    name = field(graphene.String, "The buyer's name.")
    lines = several(graphene.String, "The address, from the street to the town.")
    country_code = field(graphene.String, "The country's ISO 3166-1 code.")
    phone = field(
        graphene.String,
        "The number for the carrier (`+212661223344`); may be empty.",
    )


class _OrderFacts(graphene.ObjectType):
    """What a list and a single order have in common."""

    class Meta:
        abstract = True

    id = field(graphene.ID, "The vendor order's id.")
    number = field(graphene.String, "The number by which people name it.")
    state = field(OrderState, "Where it stands.")
    cooperative = field(OrderCooperative, "The cooperative that sells.")
    country_code = field(graphene.String, "The country to which it goes.")
    placed_at = field(graphene.DateTime, "When it was bought.")
    ship_by_on = field(graphene.Date, "The day by which it should leave.")
    is_short = field(graphene.Boolean, "Whether more was sold than lies in stock.")
    goods = field(Money, "The price of the goods, taxes included.")
    lines = several(OrderLine, "What was bought.")

    @staticmethod
    def resolve_country_code(root: VendorOrder, _info: Any) -> str:
        return str(root.order.country_code)

    @staticmethod
    def resolve_is_short(root: VendorOrder, _info: Any) -> bool:
        return root.short_at is not None

    @staticmethod
    def resolve_goods(root: VendorOrder, _info: Any) -> Amount:
        return Amount(root.goods_minor, root.currency)

    @staticmethod
    def resolve_lines(root: VendorOrder, _info: Any) -> list[Any]:
        return list(root.lines.all())


class VendorOrderCard(_OrderFacts):
    """A vendor order in a list: without the buyer, whom only the single order names."""


class VendorOrderType(_OrderFacts):
    """One cooperative's part of a buyer's order."""

    class Meta:
        name = "VendorOrder"

    tax = field(Money, "The part of the goods' price that is tax.")
    shipping = field(Money, "What the buyer paid for delivery.")
    payment_method = field(HowPaid, "How the buyer pays.")
    payment_status = field(WhetherPaid, "What became of the payment.")
    confirmed_at = field(graphene.DateTime, "When the cooperative took it on.", required=False)
    cancelled_at = field(graphene.DateTime, "When it was cancelled.", required=False)
    cancel_reason = field(graphene.String, "Why it was cancelled; may be empty.")
    parcels = several(ParcelOfOrder, "Its parcels.")
    deliver_to = field(
        Recipient, "Whom to send to; nothing once the personal data was erased.", required=False
    )

    @staticmethod
    def resolve_tax(root: VendorOrder, _info: Any) -> Amount:
        return Amount(root.tax_minor, root.currency)

    @staticmethod
    def resolve_shipping(root: VendorOrder, _info: Any) -> Amount:
        return Amount(root.shipping_minor, root.currency)

    @staticmethod
    def resolve_payment_method(root: VendorOrder, _info: Any) -> str:
        return str(root.order.payment_method)

    @staticmethod
    def resolve_payment_status(root: VendorOrder, _info: Any) -> str:
        return str(root.order.payment_status)

    @staticmethod
    def resolve_parcels(root: VendorOrder, _info: Any) -> list[Parcel]:
        return [p for p in root.parcels.all() if p.state != ParcelState.WITHDRAWN]

    @staticmethod
    def resolve_deliver_to(root: VendorOrder, _info: Any) -> dict[str, Any] | None:
        address = root.order.address
        if address is None:
            return None
        return {
            "name": address.name,
            "lines": address.lines(),
            "country_code": address.country_code,
            "phone": root.order.phone,
        }


STATE = argument(OrderFilter, "Only those in this state; all when left out.")
TEXT = argument(graphene.String, "A part of the number, or a tracking number.")
ID = argument(graphene.ID, "The vendor order's id; give this or the number.")
NUMBER = argument(graphene.String, "Its number; give this or the id.")


def order_list(description: str, **arguments: Any) -> graphene.Field:
    """A field that lists vendor orders."""
    return connection(VendorOrderCard, description, **arguments, state=STATE, text=TEXT)


def one_order(description: str, **arguments: Any) -> graphene.Field:
    """A field for one of them."""
    return field(VendorOrderType, description, required=False, **arguments, id=ID, number=NUMBER)


def orders_page(
    scope: Scope, *, state: Any, text: str | None, first: int | None, after: str | None
) -> dict[str, Any]:
    """A page of a scope's vendor orders, the latest first."""
    rows = orders.vendor_order_rows(scope, state=choice(state), text=text_of(text))
    return page_of(rows, _LATEST, first=first, after=after)


def find_order(scope: Scope, vendor_order_id: str | None, number: str | None) -> VendorOrder:
    """One vendor order by id or number; raises NotFound outside the scope."""
    if bool(vendor_order_id) == bool(number):
        raise OddValue(name="id")
    if vendor_order_id:
        return orders.vendor_order(scope, key(vendor_order_id, "id"))
    found = orders.vendor_order_rows(scope).filter(number=text_of(number)).first()
    if found is None:
        raise NotThere
    return orders.vendor_order(scope, found.pk)
