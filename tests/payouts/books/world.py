"""The people and cooperatives of a sequence, made once and shared by all sequences."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from marketplace.payouts import services
from marketplace.payouts.errors import NothingToPay
from marketplace.payouts.models import PayoutRun
from tests.payouts.world import RIBS, SaleOf, Told, make_cooperative, make_programme, make_user
from vendors.models import Cooperative, Programme, User

STARTS = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
FIRST_BP = 1_200


@dataclass(frozen=True)
class BooksWorld:
    """A programme with two cooperatives and two finance people."""

    programme: Programme
    cooperatives: list[Cooperative]
    preparer: User
    approver: User


@dataclass(frozen=True)
class Begun:
    """A first sale before the sequences that share it begin: paid, or delivered as well, or with
    its money in a payout that is prepared, approved or sent.
    """

    sale: SaleOf
    told: list[tuple[str, Told]]
    run: PayoutRun | None = None
    # What the statements of a cooperative and month told: opening, movements, their sum.
    read: dict[tuple[UUID, date], tuple[int, int, int]] = field(default_factory=dict)


def begin(world: BooksWorld, chosen: Random) -> Begun:
    """A sale of one to three lines, of odd cents or of much, with its delivery or without."""
    totals = [
        chosen.choice((chosen.randint(1, 60), chosen.randint(1_000, 900_000)))
        for _ in range(chosen.randint(1, 3))
    ]
    sale = SaleOf(
        chosen.choice(world.cooperatives), tuple(totals), chosen.choice((0, 3_000)), when=STARTS
    )
    told = [("placed", sale.placed()()), ("captured", sale.captured()())]
    depth = chosen.randrange(5)
    if depth:
        told.append(("delivered", sale.delivered()()))
    return Begun(sale, told, _run(world, depth) if depth > 1 else None)


def _run(world: BooksWorld, depth: int) -> PayoutRun | None:
    """A payout that has come so far; none when there is too little to pay."""
    preparer, approver = world.preparer.actor, world.approver.actor
    try:
        run = services.prepare_run(programme=world.programme, by=preparer)
    except NothingToPay:
        return None
    if depth > 2:
        run = services.approve_run(run=run, typed_total=run.total_minor, by=approver)
    if depth > 3:
        services.make_bank_file(run=run, by=approver)
        run = services.mark_sent(run=run, by=preparer)
    return run


def make_books_world() -> BooksWorld:
    """Make the rows; call it inside the transaction that is rolled back in the end."""
    programme = make_programme(bp=FIRST_BP)
    return BooksWorld(
        programme,
        [
            make_cooperative(programme, slug, rib=rib)
            for slug, rib in (("tifawine", RIBS[0]), ("tadla", RIBS[1]))
        ],
        make_user("preparer", programme, "finance_preparer"),
        make_user("approver", programme, "finance_approver"),
    )
