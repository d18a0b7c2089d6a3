"""An order of the engine's in our own terms."""

from dataclasses import asdict, dataclass
from uuid import UUID

from catalog.markets import home_market
from marketplace.core.mail_guard import read_address
from marketplace.orders.address import Address
from marketplace.orders.buyer_keys import email_key, phone_key
from marketplace.orders.company import Company
from marketplace.orders.engine_money import minor_of
from marketplace.orders.gift_and_note import GiftAndNote
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.numbers import order_number
from marketplace.saleor import ids
from marketplace.saleor.client import OrderParts


@dataclass(frozen=True)
class LineSnapshot:
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
    # What a voucher took off, which ``total_minor`` is without.
    discount_minor: int = 0


@dataclass(frozen=True)
class ParcelQuote:
    """What a cooperative's parcel costs to send, and its days, as quoted to the buyer.

    ``waived_minor`` is the carrier's price of one that was free for the buyer.
    """

    amount_minor: int
    days_min: int | None
    days_max: int | None
    waived_minor: int = 0
    # The offer by which the buyer collects it.
    pickup_id: int | None = None


@dataclass(frozen=True)
class OrderSnapshot:
    """The engine's order in our terms."""

    engine_order: OrderParts
    order_id: UUID
    attempt: CheckoutAttempt | None
    lines: list[LineSnapshot]
    parcel_quotes: dict[UUID, ParcelQuote]
    market: str
    payment_method: str

    # long: one row, field by field
    def as_row(self) -> Order:
        """The row to insert if there is none yet."""
        order = self.engine_order
        address, email = self._address(), read_address(order.user_email or "")
        phone = (self.attempt.phone if self.attempt else "") or address.phone
        return Order(
            pk=self.order_id,
            number=order_number(self.order_id),
            market=self.market,
            channel_slug=order.channel.slug,
            currency=order.channel.currency_code,
            language=self.attempt.language if self.attempt else self._language(),
            email=email,
            email_key=email_key(email),
            phone=phone,
            phone_key=phone_key(phone),
            told_by_phone=self.attempt is not None and not email,
            name=address.name,
            address_json=address.model_dump_json(),
            country_code=address.country_code,
            region_code=address.region_code,
            goods_minor=sum(line.total_minor for line in self.lines),
            tax_minor=minor_of(order.total.tax),
            shipping_minor=minor_of(order.shipping_price.gross),
            total_minor=minor_of(order.total.gross),
            voucher_code=order.voucher_code or "",
            discount_minor=sum(line.discount_minor for line in self.lines),
            **asdict(added_to(self.attempt)),
            **asdict(company_of(self.attempt)),
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


def added_to(attempt: CheckoutAttempt | None) -> GiftAndNote:
    """What the buyer added to a checkout; nothing to an order that was not placed here."""
    if attempt is None:
        return GiftAndNote()
    return GiftAndNote(attempt.gift_message, attempt.hides_prices, attempt.note)


def company_of(attempt: CheckoutAttempt | None) -> Company:
    """The company that buys; none in an order that was not placed here."""
    if attempt is None:
        return Company()
    return Company(attempt.company_name, attempt.company_number, attempt.purchase_order)
