"""The people and cooperatives of a sequence, made once and shared by all sequences."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

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
    """A first sale, placed and paid before the sequences that share it begin."""

    sale: SaleOf
    placed: Told
    captured: Told


def begin(world: BooksWorld, chosen: Random) -> Begun:
    """A sale of one to three lines, of odd cents or of much, with its delivery or without."""
    totals = [
        chosen.choice((chosen.randint(1, 60), chosen.randint(1_000, 900_000)))
        for _ in range(chosen.randint(1, 3))
    ]
    sale = SaleOf(
        chosen.choice(world.cooperatives), tuple(totals), chosen.choice((0, 3_000)), when=STARTS
    )
    return Begun(sale, sale.placed()(), sale.captured()())


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
