"""Orders in every state, by every method, in every market and language: made as rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from catalog.markets import Market
from marketplace.orders.models import (
    Order,
    Parcel,
    ParcelLine,
    PaymentStatus,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.orders.reasons import TRANSFER_MISSING
from marketplace.payments.models import BankTransfer, Payment, Refund, RefundLine
from vendors.models import Cooperative

# In each market's zone another day and hour: 23:30 in Casablanca, 01:30 of the next day in Cairo.
PLACED = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)
LONG_PAST = date(2026, 6, 20)
GOODS, SHIPPING, REFUNDED = 10_000, 2_000, 5_000
TOTAL = GOODS + SHIPPING
STATES = (
    "placed", "confirmed", "late", "sent", "sent_late", "missed", "delivered", "sent_back",
    "came_back", "cancelled", "refund_asked", "refunded", "part_refunded",
)  # fmt: skip
OVER = frozenset({"came_back", "cancelled", "refund_asked", "refunded"})
REFUNDS = {"refund_asked": TOTAL, "refunded": TOTAL, "part_refunded": REFUNDED}
ARRIVED = frozenset({"delivered", "sent_back", "part_refunded"})
_PARCELS = {
    "sent": "shipped", "sent_late": "shipped", "missed": "shipped", "delivered": "delivered",
    "sent_back": "delivered", "part_refunded": "delivered", "came_back": "returned",
}  # fmt: skip
_VENDOR_STATES = {"placed": "placed", "late": "placed", "confirmed": "confirmed"}


@dataclass(frozen=True)
class Case:
    """An order's state and method; ``is_paid``: its money is with the shop, or was."""

    state: str
    method: str
    is_paid: bool

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def refund_minor(self) -> int:
        return REFUNDS.get(self.state, 0)

    @property
    def awaits_transfer(self) -> bool:
        return self.method == "bank" and not self.is_paid and not self.is_over


def cases() -> Iterator[Case]:
    """Every state with every method in which it can be, paid or not."""
    for state in STATES:
        for method in ("card", "cod", "bank"):
            for is_paid in (True, False):
                if _can_be(state, method, is_paid=is_paid):
                    yield Case(state, method, is_paid)


def _can_be(state: str, method: str, *, is_paid: bool) -> bool:
    if method == "cod":
        # A carrier hands over the cash of what has arrived; only then can it be refunded.
        return state in ARRIVED if is_paid else state not in REFUNDS
    return is_paid or state in {"placed", "cancelled"}


def make_order(case: Case, market: Market, language: str, cooperative: Cooperative) -> Order:
    """The order, of two pieces, with its payment and refund."""
    order = Order.objects.create(
        number=f"N{uuid4().hex[:12]}", market=market.code, channel_slug=market.channel_slug,
        currency=market.currency, language=language, email="buyer@example.org", name="Salma",
        country_code=market.default_country, goods_minor=GOODS, tax_minor=0,
        shipping_minor=SHIPPING, total_minor=TOTAL, payment_method=case.method,
        payment_status=_status(case), placed_at=PLACED,
    )  # fmt: skip
    Order.objects.filter(pk=order.pk).update(recorded_at=PLACED)
    order.refresh_from_db()
    part = _part(case, order, cooperative)
    _pay(case, order, part)
    return order


def _status(case: Case) -> str:
    if case.state == "refunded":
        return PaymentStatus.REFUNDED
    if case.state == "part_refunded":
        return PaymentStatus.PART_REFUNDED
    if case.is_paid:
        return PaymentStatus.PAID
    return PaymentStatus.AUTHORIZED if case.method == "cod" else PaymentStatus.PENDING


def _part(case: Case, order: Order, cooperative: Cooperative) -> VendorOrder:
    expired = case.method == "bank" and not case.is_paid
    ahead = timezone.localdate() + timedelta(days=40)
    part = VendorOrder.objects.create(
        order=order, cooperative=cooperative, programme_id=cooperative.programme_id,
        number=f"{order.number}-1", currency=order.currency, goods_minor=GOODS, tax_minor=0,
        shipping_minor=SHIPPING, placed_at=PLACED, ship_by_on=ahead, state=_vendor_state(case),
        promised_from_on=ahead, promised_to_on=LONG_PAST if "late" in case.state else ahead,
        confirmed_at=PLACED + timedelta(hours=1) if case.state == "confirmed" else None,
        cancelled_at=PLACED + timedelta(days=2) if case.is_over else None,
        cancel_reason=(TRANSFER_MISSING if expired else "Torn") if case.is_over else "",
    )  # fmt: skip
    line = VendorOrderLine.objects.create(
        vendor_order=part, listing_id=uuid4(), variant_id=uuid4(), title="V1", quantity=2,
        unit_minor=GOODS // 2, total_minor=GOODS, tax_minor=0, position=0,
        quantity_shipped=2 if case.state in _PARCELS else 0,
        quantity_delivered=2 if case.state in ARRIVED else 0,
        quantity_returned=2 if case.state in {"sent_back", "came_back"} else 0,
    )  # fmt: skip
    if case.state in _PARCELS:
        sent = PLACED + timedelta(days=1)
        parcel = Parcel.objects.create(
            vendor_order=part, number=1, state=_PARCELS[case.state], shipped_at=sent,
            collect_minor=TOTAL if case.method == "cod" else None,
            delivered_at=sent + timedelta(days=1) if case.state in ARRIVED else None,
            missed_at=sent if case.state == "missed" else None,
        )  # fmt: skip
        ParcelLine.objects.create(parcel=parcel, line=line, quantity=2)
    return part


def _vendor_state(case: Case) -> str:
    if case.is_over:
        return "cancelled"
    if case.state in ARRIVED:
        return "delivered"
    return _VENDOR_STATES.get(case.state, "shipped")


def _pay(case: Case, order: Order, part: VendorOrder) -> None:
    charged = TOTAL if case.is_paid else 0
    payment = Payment.objects.create(
        order_id=order.pk, method=case.method, provider="test-card", currency=order.currency,
        amount_minor=TOTAL, total_minor=TOTAL, charged_minor=charged,
        captured_at=PLACED if case.is_paid and case.method != "cod" else None,
    )  # fmt: skip
    if case.method == "bank" and not case.is_paid:
        BankTransfer.objects.create(
            payment=payment, reference=f"TWZ-{uuid4().hex[:8]}", expires_at=PLACED,
            state="expired" if case.is_over else "waiting",
        )  # fmt: skip
    if case.refund_minor:
        is_made = case.state != "refund_asked"
        refund = Refund.objects.create(
            order_id=order.pk, vendor_order_id=part.pk, cooperative_id=part.cooperative_id,
            payment=payment, currency=order.currency, goods_minor=case.refund_minor,
            reason="Broken on arrival" if case.state == "part_refunded" else "Torn",
            state="made" if is_made else "requested", requested_at=PLACED,
            made_at=PLACED if is_made else None,
        )  # fmt: skip
        line = RefundLine(
            refund=refund,
            line_id=part.lines.get().pk,
            quantity=1 if case.state == "part_refunded" else 2,
            amount_minor=case.refund_minor,
        )
        RefundLine.objects.create_all([line])
