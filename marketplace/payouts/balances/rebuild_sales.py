"""Computes the figures of sales again from their recorded facts.

What is kept up to date with each event and what is computed from nothing must be the same; a
difference comes from a corrected exchange rate, or from a mistake.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.post import book_of
from marketplace.payouts.balances.recorded_facts import facts_of, known_of, sold_in
from marketplace.payouts.balances.sale_position import position
from marketplace.payouts.balances.sale_projection import FIGURES, project_sale
from marketplace.payouts.models import Sale
from vendors.scoping import ProgrammeScope

BATCH = 500


@dataclass(frozen=True)
class Rebuilt:
    """How many sales were computed so far, and the ids of those of the batch that differed."""

    count: int
    differing: list[UUID]


def rebuild_sales(programme_id: UUID, *, by: Actor, write: bool = True) -> Iterator[Rebuilt]:
    """Compute all sales of a programme, a batch in a transaction; tells of each batch.

    Only sales whose figures differ are written, and none without ``write``. A batch is locked as
    by ``record_facts``, so events may go on meanwhile. Raises RateMissing: earlier batches stay.
    """
    count, after = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            batch = _locked(programme_id, after)
            differing = _computed_again(programme_id, batch)
            if write:
                _save(programme_id, differing, by)
        if not batch:
            return
        count, after = count + len(batch), batch[-1].id
        yield Rebuilt(count, [sale.id for sale in differing])


def _locked(programme_id: UUID, after: UUID) -> list[Sale]:
    rows = Sale.objects.within(ProgrammeScope(programme_id)).filter(id__gt=after).order_by("id")
    return list(rows.select_for_update(of=("self",))[:BATCH])


def _computed_again(programme_id: UUID, sales: list[Sale]) -> list[Sale]:
    """The sales whose figures differ from their facts, with the figures as they should be."""
    ids = [sale.id for sale in sales]
    recorded, sold, book = facts_of(ids), sold_in(ids), book_of(programme_id)
    differing = []
    for sale in sales:
        before = _figures(sale)
        known = known_of(sale, sold[sale.id], recorded[sale.id])
        project_sale(book, sale, recorded[sale.id], position(known, sale.currency))
        if _figures(sale) != before:
            differing.append(sale)
    return differing


def _figures(sale: Sale) -> list[object]:
    return [getattr(sale, name) for name in FIGURES]


def _save(programme_id: UUID, sales: list[Sale], by: Actor) -> None:
    if sales:
        Sale.objects.within(ProgrammeScope(programme_id)).bulk_update(sales, FIGURES)
        audit.record_all("sale.figures_rebuilt", [(sale, by, {}) for sale in sales])
