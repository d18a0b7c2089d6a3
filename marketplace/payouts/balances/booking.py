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
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.errors import RateMissing
from marketplace.ledger.models import Book, Entry
from marketplace.ledger.posting import About, Leg, Posting, book_of, booked_on, post_all
from marketplace.payouts.balances.commissions import Placed, freeze_commissions
from marketplace.payouts.balances.sale_position import Known, Position, SoldLine, position
from marketplace.payouts.models import FrozenCommission, Sale, SaleFact
from vendors.models import Cooperative
from vendors.scoping import Crossing

PLACED, CAPTURED, DELIVERED = "placed", "captured", "delivered"
REMITTED, REFUNDED, CANCELLED = "remitted", "refunded", "cancelled"
DISPUTED, DISPUTE_WON, DISPUTE_LOST = "disputed", "dispute_won", "dispute_lost"
REFUND_BORNE, DISPUTE_BORNE = "refund_borne", "dispute_borne"

CAUSES = {
    PLACED: Cause.ORDER_PLACED,
    CAPTURED: Cause.PAYMENT_CAPTURED,
    DELIVERED: Cause.PARCEL_DELIVERED,
    REMITTED: Cause.CASH_REMITTED,
    REFUNDED: Cause.REFUND_MADE,
    CANCELLED: Cause.ORDER_CANCELLED,
    DISPUTED: Cause.DISPUTE_OPENED,
    DISPUTE_WON: Cause.DISPUTE_WON,
    DISPUTE_LOST: Cause.DISPUTE_LOST,
    REFUND_BORNE: Cause.REFUND_MADE,
    DISPUTE_BORNE: Cause.DISPUTE_LOST,
}
RATE_PLACES = Decimal("0.000000001")
Balances = dict[tuple[AccountCode, str], int]
# What a sale's own movements have booked, and what its conversions have.
Booked = tuple[Balances, Balances]
# The columns of a sale that its facts change.
PROJECTED = (
    *("payment_method", "country_code", "payout_currency", "payout_rate", "payout_rate_on"),
    *("placed_at", "delivered_at", "delivered_on"),
    *("kept_minor", "commission_minor", "kept_base_minor"),
)


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


def record(fact: Fact) -> bool:
    """Keep a fact and book what it changes; returns False when it was known already.

    Raises RateMissing when a share is to be converted and no rate is known (nothing is kept).
    """
    return bool(record_all([fact]))


@transaction.atomic
def record_all(facts: Sequence[Fact]) -> int:
    """Keep many facts, all or none, as ``record`` does; returns how many were new."""
    sales = _locked_sales(facts)
    rows = SaleFact.objects.crossing(Crossing.LEDGER_POSTING)
    known = set(rows.filter(key__in=[fact.key for fact in facts]).values_list("key", flat=True))
    new = [fact for fact in {fact.key: fact for fact in facts}.values() if fact.key not in known]
    waiting = new
    while waiting:
        # Facts of one sale are booked one after the other.
        turn = {fact.sale_id: fact for fact in reversed(waiting)}
        _keep_and_book([(sales[key], fact) for key, fact in turn.items()])
        taken = {fact.key for fact in turn.values()}
        waiting = [fact for fact in waiting if fact.key not in taken]
    return len(new)


def _locked_sales(facts: Sequence[Fact]) -> dict[UUID, Sale]:
    """The sales' rows, locked: two events of one sale are booked one after the other.

    Always in the order of their ids, so that two who book at once never wait for each other.
    """
    ordered = sorted({fact.sale_id: fact for fact in facts}.items())
    rows = Sale.objects.crossing(Crossing.LEDGER_POSTING)
    rows.bulk_create([_sale_row(fact) for _, fact in ordered], ignore_conflicts=True)
    locked = rows.filter(id__in=[sale_id for sale_id, _ in ordered])
    sales: dict[UUID, Sale] = {row.id: row for row in locked.order_by("id").select_for_update()}
    for fact in facts:
        sale = sales[fact.sale_id]
        sale.payment_method = sale.payment_method or fact.payment_method
        sale.country_code = sale.country_code or fact.country_code
    return sales


def _sale_row(fact: Fact) -> Sale:
    return Sale(
        id=fact.sale_id,
        order_id=fact.order_id,
        programme_id=fact.programme_id,
        cooperative_id=fact.cooperative_id,
        currency=fact.currency,
    )


def _keep_and_book(turn: Sequence[tuple[Sale, Fact]]) -> None:
    """One new fact of each of these sales."""
    SaleFact.objects.create_all([_fact_row(sale, fact) for sale, fact in turn])
    books = {key: book_of(key) for key in {sale.programme_id for sale, _ in turn}}
    days = {fact.key: booked_on(books[sale.programme_id], fact.occurred_at) for sale, fact in turn}
    freeze_commissions(
        [
            Placed(sale, fact.ordered, days[fact.key])  # type: ignore[arg-type]
            for sale, fact in turn
            if fact.kind == PLACED
        ]
    )
    heard, sold, booked = _facts_of(turn), _sold_in(turn), _booked(turn)
    positions = {
        sale.id: position(_known(sale, sold[sale.id], heard[sale.id]), sale.currency)
        for sale, _ in turn
    }
    owners = _payout_currencies([s for s, _ in turn if positions[s.id].releases])
    postings: list[Posting] = []
    for sale, fact in turn:
        book, day, stands = books[sale.programme_id], days[fact.key], positions[sale.id]
        released = stands.balances.get(AccountCode.RELEASED, 0)
        converted = _conversion(sale, released, day, owners.get(sale.cooperative_id, ""))
        postings += _differences(book, sale, fact, day, (stands, converted, booked[sale.id]))
        _project(book, sale, heard[sale.id], stands)
    post_all(postings)
    Sale._base_manager.bulk_create(  # noqa: SLF001 -- locked above: they exist
        [sale for sale, _ in turn],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=PROJECTED,
    )


def _fact_row(sale: Sale, fact: Fact) -> SaleFact:
    return SaleFact(
        sale=sale,
        key=fact.key,
        kind=fact.kind,
        goods_minor=fact.goods_minor,
        shipping_minor=fact.shipping_minor,
        lines=[[str(line), quantity, amount] for line, quantity, amount in fact.lines],
        occurred_at=fact.occurred_at,
    )


def _facts_of(turn: Sequence[tuple[Sale, Fact]]) -> dict[UUID, list[SaleFact]]:
    found: dict[UUID, list[SaleFact]] = {sale.id: [] for sale, _ in turn}
    rows = SaleFact.objects.crossing(Crossing.LEDGER_POSTING).filter(sale_id__in=found)
    for row in rows.order_by("id"):
        found[row.sale_id].append(row)
    return found


def _sold_in(turn: Sequence[tuple[Sale, Fact]]) -> dict[UUID, list[SoldLine]]:
    found: dict[UUID, list[SoldLine]] = {sale.id: [] for sale, _ in turn}
    rows = FrozenCommission.objects.crossing(Crossing.LEDGER_POSTING).filter(sale_id__in=found)
    for row in rows.order_by("position"):
        line = SoldLine(row.line_id, row.total_minor, row.rate_bp, row.vat_bp, row.vat_included)
        found[row.sale_id].append(line)
    return found


def _payout_currencies(released: Sequence[Sale]) -> dict[UUID, str]:
    """In what the cooperatives are paid of whose sales something is released for the first time."""
    wanted = {sale.cooperative_id for sale in released if not sale.payout_currency}
    rows = Cooperative.objects.crossing(Crossing.LEDGER_POSTING).filter(pk__in=wanted)
    return dict(rows.values_list("pk", "payout_currency")) if wanted else {}


def _known(sale: Sale, sold: list[SoldLine], facts: Sequence[SaleFact]) -> Known:
    known = Known(method=sale.payment_method, sold=sold)
    for fact in facts:
        if fact.kind != PLACED:
            by_line: dict[UUID, int] = {}
            for line_id, _quantity, amount in fact.lines:
                by_line[UUID(line_id)] = by_line.get(UUID(line_id), 0) + amount
            getattr(known, fact.kind).add(fact.goods_minor, fact.shipping_minor, by_line)
    return known


def _differences(
    book: Book, sale: Sale, fact: Fact, day: date, state: tuple[Position, Balances, Booked]
) -> list[Posting]:
    """The movements that bring what is booked of a sale to where it stands."""
    stands, converted, (own, conversions) = state
    wanted: Balances = {(code, sale.currency): v for code, v in stands.balances.items()}
    postings = []
    for key, cause, target, booked in (
        (fact.key, CAUSES[fact.kind], wanted, own),
        (f"{fact.key}:conversion", Cause.CONVERSION, converted, conversions),
    ):
        legs = _difference(target, booked)
        if legs:
            about = About(cooperative_id=sale.cooperative_id, sale_id=sale.id)
            postings.append(Posting(book, key, cause, legs, fact.occurred_at, day, about))
    return postings


def _conversion(sale: Sale, released_minor: int, day: date, payout_currency: str) -> Balances:
    """What turns a released share into the payout currency, at the rate of its first release."""
    if not sale.payout_currency and released_minor:
        sale.payout_currency, sale.payout_rate_on = payout_currency, day
        sale.payout_rate = _rate(sale.currency, payout_currency, day)
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


def _booked(turn: Sequence[tuple[Sale, Fact]]) -> dict[UUID, Booked]:
    """What each sale's own movements have booked so far, and what its conversions have.

    Payout runs move money without a sale, so they are in neither.
    """
    found: dict[UUID, Booked] = {sale.id: ({}, {}) for sale, _ in turn}
    entries = Entry.objects.crossing(Crossing.LEDGER_POSTING).filter(transaction__sale_id__in=found)
    columns = ("transaction__sale_id", "transaction__cause", "account__code", "currency")
    sums = entries.values_list(*columns).annotate(total=Sum("amount_minor")).order_by()
    for sale_id, cause, code, currency, total in sums:
        own, conversions = found[sale_id]
        into = conversions if cause == Cause.CONVERSION else own
        key = (AccountCode(code), currency)
        into[key] = into.get(key, 0) + total
    return found


def _difference(wanted: Balances, booked: Balances) -> list[Leg]:
    legs = []
    for code, currency in sorted(wanted.keys() | booked.keys()):
        amount = wanted.get((code, currency), 0) - booked.get((code, currency), 0)
        if amount:
            legs.append(Leg(code, Money(amount, currency)))
    return legs


def _project(book: Book, sale: Sale, facts: Sequence[SaleFact], stands: Position) -> None:
    """Note what statements and indicators read: dates, goods kept, commission."""
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
