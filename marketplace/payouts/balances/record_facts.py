"""Records facts about sales and posts what each changes.

Facts may arrive in any order and any number of times: each is stored once by its key, and what is
posted is the sale's whole position less what was posted before (see ``sale_position``).
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Book, Entry
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.post import book_of, booked_on, post_all
from marketplace.payouts.balances.conversion import Balances, convert_released, payout_currencies
from marketplace.payouts.balances.facts import CAUSES, PLACED, Fact
from marketplace.payouts.balances.freeze_commissions import PlacedSale, freeze_commissions
from marketplace.payouts.balances.recorded_facts import facts_of, known_of, sold_in
from marketplace.payouts.balances.sale_position import Position, position
from marketplace.payouts.balances.sale_projection import PROJECTED, project_sale
from marketplace.payouts.models import Sale, SaleFact
from vendors.scoping import Crossing

# The balances posted by a sale's own transactions, by its free delivery and by its conversions.
Booked = tuple[Balances, Balances, Balances]
# Which of them a transaction belongs to; any other cause is the sale's own.
_APART = {Cause.DELIVERY_WAIVED: 1, Cause.CONVERSION: 2}


def record(fact: Fact) -> bool:
    """Record a fact and post what it changes; returns False if it was recorded before.

    Raises RateMissing when an amount is to be converted and no rate is known (nothing is stored).
    """
    return bool(record_all([fact]))


@transaction.atomic
def record_all(facts: Sequence[Fact]) -> int:
    """Record many facts, all or none, as ``record`` does; returns how many were new."""
    sales = _locked_sales(facts)
    rows = SaleFact.objects.crossing(Crossing.LEDGER_POSTING)
    known = set(rows.filter(key__in=[fact.key for fact in facts]).values_list("key", flat=True))
    new = [fact for fact in {fact.key: fact for fact in facts}.values() if fact.key not in known]
    waiting = new
    while waiting:
        # Facts of one sale are posted one after the other.
        turn = {fact.sale_id: fact for fact in reversed(waiting)}
        _store_and_post([(sales[key], fact) for key, fact in turn.items()])
        taken = {fact.key for fact in turn.values()}
        waiting = [fact for fact in waiting if fact.key not in taken]
    return len(new)


def _locked_sales(facts: Sequence[Fact]) -> dict[UUID, Sale]:
    """The sales' rows, created if new and locked.

    Always in the order of their ids, so that concurrent calls cannot deadlock.
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


def _store_and_post(turn: Sequence[tuple[Sale, Fact]]) -> None:
    """Store and post one new fact of each sale."""
    SaleFact.objects.create_all([_fact_row(sale, fact) for sale, fact in turn])
    books = {key: book_of(key) for key in {sale.programme_id for sale, _ in turn}}
    days = {fact.key: booked_on(books[sale.programme_id], fact.occurred_at) for sale, fact in turn}
    freeze_commissions(
        [
            PlacedSale(sale, fact.ordered, days[fact.key])  # type: ignore[arg-type]
            for sale, fact in turn
            if fact.kind == PLACED
        ]
    )
    ids = [sale.id for sale, _ in turn]
    recorded, sold, booked = facts_of(ids), sold_in(ids), _booked(turn)
    positions = {
        sale.id: position(known_of(sale, sold[sale.id], recorded[sale.id]), sale.currency)
        for sale, _ in turn
    }
    owners = payout_currencies([s for s, _ in turn if positions[s.id].releases])
    postings: list[Posting] = []
    for sale, fact in turn:
        book, day, stands = books[sale.programme_id], days[fact.key], positions[sale.id]
        converted = convert_released(
            sale, stands.released_minor, day, owners.get(sale.cooperative_id, "")
        )
        postings += _differences(book, sale, fact, day, (stands, converted, booked[sale.id]))
        project_sale(book, sale, recorded[sale.id], stands)
    post_all(postings)
    _save([sale for sale, _ in turn])


def _save(sales: list[Sale]) -> None:
    Sale._base_manager.bulk_create(  # noqa: SLF001 -- locked above: they exist
        sales,
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


def _differences(
    book: Book, sale: Sale, fact: Fact, day: date, state: tuple[Position, Balances, Booked]
) -> list[Posting]:
    """The postings that bring a sale's accounts to its position."""
    stands, converted, (own, deliveries, conversions) = state
    wanted: Balances = {(code, sale.currency): v for code, v in stands.balances.items()}
    free: Balances = {(code, sale.currency): v for code, v in stands.delivery.items()}
    postings = []
    for key, cause, target, booked in (
        (fact.key, CAUSES[fact.kind], wanted, own),
        (f"{fact.key}:delivery", Cause.DELIVERY_WAIVED, free, deliveries),
        (f"{fact.key}:conversion", Cause.CONVERSION, converted, conversions),
    ):
        legs = _difference(target, booked)
        if legs:
            about = About(cooperative_id=sale.cooperative_id, sale_id=sale.id)
            postings.append(Posting(book, key, cause, legs, fact.occurred_at, day, about))
    return postings


def _booked(turn: Sequence[tuple[Sale, Fact]]) -> dict[UUID, Booked]:
    """What has been posted for each sale so far, by what it is posted for.

    Transactions of payout runs belong to no sale and are in neither.
    """
    found: dict[UUID, Booked] = {sale.id: ({}, {}, {}) for sale, _ in turn}
    entries = Entry.objects.crossing(Crossing.LEDGER_POSTING).filter(transaction__sale_id__in=found)
    columns = ("transaction__sale_id", "transaction__cause", "account__code", "currency")
    sums = entries.values_list(*columns).annotate(total=Sum("amount_minor")).order_by()
    for sale_id, cause, code, currency, total in sums:
        into = found[sale_id][_APART.get(cause, 0)]
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
