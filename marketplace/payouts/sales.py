"""Keeps what is known of each sale and books the difference it makes.

``record`` may hear of things in any order and any number of times: a fact is kept once by its key,
and what is booked is always the whole position less what was booked before (see ``positions``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from marketplace.core import exchange
from marketplace.core.money import Money, exponent
from marketplace.payouts.commissions import freeze_commission
from marketplace.payouts.errors import RateMissing
from marketplace.payouts.ledger.chart import AccountCode, Cause
from marketplace.payouts.ledger.models import Book, Entry
from marketplace.payouts.ledger.posting import About, Leg, book_of, booked_on, post
from marketplace.payouts.models import FrozenCommission, Sale, SaleFact
from marketplace.payouts.positions import Known, Position, SoldLine, position
from vendors.models import Cooperative
from vendors.scoping import Crossing

PLACED, CAPTURED, DELIVERED = "placed", "captured", "delivered"
REMITTED, REFUNDED, CANCELLED = "remitted", "refunded", "cancelled"

CAUSES = {
    PLACED: Cause.ORDER_PLACED,
    CAPTURED: Cause.PAYMENT_CAPTURED,
    DELIVERED: Cause.PARCEL_DELIVERED,
    REMITTED: Cause.CASH_REMITTED,
    REFUNDED: Cause.REFUND_MADE,
    CANCELLED: Cause.ORDER_CANCELLED,
}
RATE_PLACES = Decimal("0.000000001")
Balances = dict[tuple[AccountCode, str], int]


@dataclass(frozen=True)
class Fact:
    """One thing that happened to a sale. ``lines``: (line id, quantity, amount in minor units)."""

    key: str
    kind: str
    sale_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int
    occurred_at: datetime
    payment_method: str = ""
    country_code: str = ""
    lines: Sequence[tuple[UUID, int, int]] = ()
    ordered: Sequence[object] = field(default=())


@transaction.atomic
def record(fact: Fact) -> bool:
    """Keep a fact and book what it changes; returns False when it was known already.

    Raises RateMissing when a share is to be converted and no rate is known (nothing is kept).
    """
    sale = _locked_sale(fact)
    if SaleFact.objects.crossing(Crossing.LEDGER_POSTING).filter(key=fact.key).exists():
        return False
    SaleFact.objects.create(
        sale=sale,
        key=fact.key,
        kind=fact.kind,
        goods_minor=fact.goods_minor,
        shipping_minor=fact.shipping_minor,
        lines=[[str(line), quantity, amount] for line, quantity, amount in fact.lines],
        occurred_at=fact.occurred_at,
    )
    book = book_of(sale.programme_id)
    day = booked_on(book, fact.occurred_at)
    if fact.kind == PLACED:
        freeze_commission(sale, fact.ordered, day)  # type: ignore[arg-type]
    facts = list(sale.facts.order_by("id"))
    stands = position(_known(sale, facts), sale.currency)
    _book_difference(book, sale, fact, stands, day)
    _project(book, sale, facts, stands)
    return True


def _locked_sale(fact: Fact) -> Sale:
    """The sale's row, locked: two events of one sale are booked one after the other."""
    sales = Sale.objects.crossing(Crossing.LEDGER_POSTING)
    sales.get_or_create(
        id=fact.sale_id,
        defaults={
            "order_id": fact.order_id,
            "programme_id": fact.programme_id,
            "cooperative_id": fact.cooperative_id,
            "currency": fact.currency,
        },
    )
    sale: Sale = sales.select_for_update().get(id=fact.sale_id)
    sale.payment_method = sale.payment_method or fact.payment_method
    sale.country_code = sale.country_code or fact.country_code
    return sale


def _known(sale: Sale, facts: Sequence[SaleFact]) -> Known:
    lines = FrozenCommission.objects.crossing(Crossing.LEDGER_POSTING).filter(sale=sale)
    known = Known(
        method=sale.payment_method,
        sold=[
            SoldLine(line.line_id, line.total_minor, line.rate_bp)
            for line in lines.order_by("position")
        ],
    )
    for fact in facts:
        if fact.kind != PLACED:
            by_line: dict[UUID, int] = {}
            for line_id, _quantity, amount in fact.lines:
                by_line[UUID(line_id)] = by_line.get(UUID(line_id), 0) + amount
            getattr(known, fact.kind).add(fact.goods_minor, fact.shipping_minor, by_line)
    return known


def _book_difference(book: Book, sale: Sale, fact: Fact, stands: Position, day: date) -> None:
    wanted: Balances = {(code, sale.currency): v for code, v in stands.balances.items()}
    converted = _conversion(sale, wanted.get((AccountCode.RELEASED, sale.currency), 0), day)
    own, conversions = _booked(sale)
    for key, cause, target, booked in (
        (fact.key, CAUSES[fact.kind], wanted, own),
        (f"{fact.key}:conversion", Cause.CONVERSION, converted, conversions),
    ):
        legs = _difference(target, booked)
        if legs:
            post(
                book=book,
                key=key,
                cause=cause,
                legs=legs,
                occurred_at=fact.occurred_at,
                booked_on=day,
                about=About(cooperative_id=sale.cooperative_id, sale_id=sale.id),
            )


def _conversion(sale: Sale, released_minor: int, day: date) -> Balances:
    """What turns a released share into the payout currency, at the rate of its first release."""
    if not sale.payout_currency and released_minor:
        owner = Cooperative.objects.crossing(Crossing.LEDGER_POSTING).get(pk=sale.cooperative_id)
        sale.payout_currency, sale.payout_rate_on = owner.payout_currency, day
        sale.payout_rate = _rate(sale.currency, owner.payout_currency, day)
    target = sale.payout_currency
    if not target or target == sale.currency or sale.payout_rate is None:
        return {}
    scale = Fraction(10) ** (exponent(target) - exponent(sale.currency))
    share = Money(released_minor, sale.currency).share(Fraction(sale.payout_rate) * scale)
    return {
        (AccountCode.RELEASED, sale.currency): -released_minor,
        (AccountCode.FX, sale.currency): released_minor,
        (AccountCode.RELEASED, target): share.amount_minor,
        (AccountCode.FX, target): -share.amount_minor,
    }


def _rate(source: str, target: str, day: date) -> Decimal:
    try:
        exact = exchange.rate(source, target, day)
    except exchange.NoRate as error:
        raise RateMissing(source=source, target=target) from error
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(RATE_PLACES)


def _booked(sale: Sale) -> tuple[Balances, Balances]:
    """What the sale's own movements have booked so far, and what its conversions have.

    Payout runs move money without a sale, so they are in neither.
    """
    entries = Entry.objects.crossing(Crossing.LEDGER_POSTING).filter(transaction__sale_id=sale.id)
    columns = ("transaction__cause", "account__code", "currency")
    sums = entries.values_list(*columns).annotate(total=Sum("amount_minor")).order_by()
    own: Balances = {}
    conversions: Balances = {}
    for cause, code, currency, total in sums:
        into = conversions if cause == Cause.CONVERSION else own
        key = (AccountCode(code), currency)
        into[key] = into.get(key, 0) + total
    return own, conversions


def _difference(wanted: Balances, booked: Balances) -> list[Leg]:
    legs = []
    for code, currency in sorted(wanted.keys() | booked.keys()):
        amount = wanted.get((code, currency), 0) - booked.get((code, currency), 0)
        if amount:
            legs.append(Leg(code, Money(amount, currency)))
    return legs


def _project(book: Book, sale: Sale, facts: Sequence[SaleFact], stands: Position) -> None:
    """Write what statements and indicators read: dates, goods kept, commission."""
    placed = [fact.occurred_at for fact in facts if fact.kind == PLACED]
    arrived = [fact.occurred_at for fact in facts if fact.kind == DELIVERED]
    sale.placed_at = min(placed, default=None)
    sale.delivered_at = min(arrived, default=None)
    sale.delivered_on = booked_on(book, sale.delivered_at) if sale.delivered_at else None
    sale.kept_minor, sale.commission_minor = stands.kept_minor, stands.commission_minor
    sale.kept_base_minor = 0
    if sale.kept_minor and sale.delivered_on:
        base = book.programme.base_currency
        kept = Money(sale.kept_minor, sale.currency)
        try:
            sale.kept_base_minor = exchange.convert(kept, base, sale.delivered_on).amount_minor
        except exchange.NoRate as error:
            raise RateMissing(source=sale.currency, target=base) from error
    sale.save()
