"""An order over two cooperatives, its checkout and the engine's ids, made as rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from marketplace.orders.address import Address
from marketplace.orders.models import (
    CheckoutAttempt,
    Order,
    TaxQuote,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.saleor import ids
from tests.factories.vendors import make_cooperative, make_programme
from vendors.models import Cooperative, Programme

PLACED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CHECKOUT_GID = "Q2hlY2tvdXQ6MQ=="
TRANSACTION_GID = "VHJhbnNhY3Rpb25JdGVtOjE="
ORDER_GID = "T3JkZXI6MQ=="


@dataclass
class Sale:
    """Two vendor orders: 3 × 33.34 less a cent and delivery 30; 1 × 500 and delivery 45 (MAD)."""

    programme: Programme
    weavers: Cooperative
    growers: Cooperative
    attempt: CheckoutAttempt
    method: str = "card"

    @property
    def order_id(self) -> UUID:
        return UUID(str(self.attempt.order_id))

    def pay_payload(self, *, amount: float = 675.0, **data: Any) -> dict[str, Any]:
        return {
            "merchantReference": TRANSACTION_GID,
            "data": data or {"method": "card", "number": "4242 4242 4242 4242"},
            "action": {"amount": amount, "currency": "MAD", "actionType": "CHARGE"},
            "transaction": {"id": TRANSACTION_GID},
            "sourceObject": {"__typename": "Checkout", "id": CHECKOUT_GID},
        }

    def place(self) -> Order:
        """The order, as orders would bring it in."""
        order = Order.objects.create(
            id=self.order_id,
            number="1001",
            market="ma",
            channel_slug="ma-mad",
            currency="MAD",
            language="fr",
            email="buyer@example.org",
            country_code="MA",
            goods_minor=60_000,
            tax_minor=0,
            shipping_minor=7_500,
            total_minor=67_500,
            payment_method=self.method,
            placed_at=PLACED,
            checkout_id=self.attempt.checkout_id,
        )
        ids.link(ids.ORDER, order.pk, ORDER_GID)
        self._part(order, self.weavers, "1001-1", quantity=3, total=10_000, shipping=3_000)
        self._part(order, self.growers, "1001-2", quantity=1, total=50_000, shipping=4_500)
        return order

    def _part(
        self,
        order: Order,
        cooperative: Cooperative,
        number: str,
        *,
        quantity: int,
        total: int,
        shipping: int,
    ) -> VendorOrder:
        part = VendorOrder.objects.create(
            order=order,
            cooperative=cooperative,
            programme=self.programme,
            number=number,
            currency="MAD",
            goods_minor=total,
            tax_minor=0,
            shipping_minor=shipping,
            placed_at=PLACED,
            ship_by_on=date(2026, 11, 23),
        )
        line = VendorOrderLine.objects.create(
            vendor_order=part,
            listing_id=uuid4(),
            variant_id=uuid4(),
            title=f"Article {number}",
            quantity=quantity,
            unit_minor=total // quantity,
            total_minor=total,
            tax_minor=0,
            position=0,
        )
        ids.link(ids.ORDER_LINE, line.pk, f"line-{number}")
        return part

    def part_of(self, order: Order, cooperative: Cooperative) -> VendorOrder:
        found: VendorOrder = order.vendor_orders.get(cooperative=cooperative)
        return found


def make_sale(*, country: str = "MA", method: str = "card", quoted: bool = True) -> Sale:
    """A checkout that has reached its payment; ``quoted`` says whether tax was answered."""
    programme = make_programme()
    weavers, growers = make_cooperative(programme, "nassij"), make_cooperative(programme, "zitoun")
    attempt = CheckoutAttempt(
        market="ma",
        channel_slug="ma-mad",
        currency="MAD",
        language="fr",
        email="buyer@example.org",
        phone="+212661223344",
        lines=[{"cooperative_id": str(c.pk)} for c in (weavers, growers)],
        checkout_id=uuid4(),
        payment_method=method,
    )
    address = Address(name="Karim", line1="14, rue X", city="Rabat", country_code=country)
    attempt.address_json = address.model_dump_json()
    attempt.save()
    ids.link(ids.CHECKOUT, attempt.checkout_id, CHECKOUT_GID)
    if quoted:
        TaxQuote.objects.create(
            checkout_id=attempt.checkout_id,
            currency="MAD",
            goods_minor=60_000,
            shipping_minor=7_500,
            tax_minor=0,
            cooperative_ids=[weavers.pk, growers.pk],
            country_code=country,
        )
    return Sale(programme, weavers, growers, attempt, method)
