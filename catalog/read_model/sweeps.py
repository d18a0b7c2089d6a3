"""Sweeps for lost webhooks: a quick one of recent changes, a rolling one of all products.

Changes of stock and translations do not touch a product's ``updatedAt``, and a webhook may be lost:
only the rolling sweep finds those.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone

from catalog.models import ListingPage
from catalog.read_model.page_fields import parse_moment
from catalog.read_model.projection import project_by_id, shown_among
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import SweepRun

logger = logging.getLogger(__name__)

QUICK, ROLLING = "catalog.quick", "catalog.rolling"
# Clocks differ a little, and the engine's transactions may commit out of order.
OVERLAP = timedelta(minutes=2)
LONGEST_LOOK_BACK = timedelta(days=2)


class _Edge(Protocol):
    @property
    def node(self) -> ProductParts: ...


def quick_sweep(*, young: timedelta = timedelta(0)) -> int:
    """Project every product changed since the last quick sweep; returns the corrections.

    Those that are still ``young`` are left to their webhook; the next sweep sees them again.
    """
    started = timezone.now()
    seen = SweepRun.objects.filter(name=QUICK, seen_until__isnull=False)
    last = seen.order_by("-seen_until").values_list("seen_until", flat=True).first()
    since = (last or started - LONGEST_LOOK_BACK) - OVERLAP
    run = SweepRun.objects.create(name=QUICK, started_at=started)
    client, cursor = app_client(), None
    while True:
        found = client.products_updated_since(since.isoformat(), cursor).products
        if found is None:
            break
        _look_at(run, [edge for edge in found.edges if _moment(edge) <= started - young])
        cursor = found.page_info.end_cursor
        if not found.page_info.has_next_page:
            break
    run.seen_until = started
    return _finish(run)


def rolling_sweep(
    *, pages: int = 2, young: timedelta = timedelta(0), patience: timedelta = timedelta(0)
) -> int:
    """Compare the next pages of 50 products, starting over at the end; returns the corrections.

    What differs is corrected when it still does after ``patience``: a webhook may be under way.
    Products that are still ``young`` in their state are left to theirs, and to the quick sweep. At
    the end of a round, listings in the shop that the engine did not list are looked up.
    """
    run, until = _continued(), timezone.now() - young
    client = app_client()
    for _page in range(pages):
        found = client.products_page(run.cursor or None).products
        if found is None:
            break
        _look_at(run, found.edges, patience, until)
        run.cursor = found.page_info.end_cursor or ""
        if not found.page_info.has_next_page:
            run.repaired += _look_for_missing(run)
            run.cursor, run.seen_until = "", run.started_at
            break
    return _finish(run, keep_open=bool(run.cursor))


def _continued() -> SweepRun:
    """The current round, or a new one."""
    run = SweepRun.objects.filter(name=ROLLING).order_by("-started_at").first()
    if run and run.cursor:
        return run
    return SweepRun.objects.create(name=ROLLING, started_at=timezone.now())


def _look_at(
    run: SweepRun,
    edges: Sequence[_Edge],
    patience: timedelta = timedelta(0),
    until: datetime | None = None,
) -> None:
    """Compare a page of products; those that differ are fetched again before a correction.

    The list may be older than what a webhook has brought since. What has changed after ``until`` is
    only noted as seen.
    """
    shown = shown_among([edge.node for edge in edges])
    run.looked_at += len(edges)
    young = {edge.node.id for edge in edges if until and _moment(edge) > until}
    seen = ids.our_ids(ids.PRODUCT, list(young - shown)).values()
    ListingPage.objects.filter(listing_id__in=seen).update(seen_at=timezone.now())
    differing = [e.node.id for e in edges if e.node.id not in shown and e.node.id not in young]
    if differing and patience:
        time.sleep(patience.total_seconds())
    for product_id in differing:
        run.repaired += project_by_id(app_client(), product_id)


def _moment(edge: _Edge) -> datetime:
    return parse_moment(edge.node.updated_at)


def _look_for_missing(run: SweepRun) -> int:
    missing = ListingPage.objects.filter(seen_at__lt=run.started_at)
    found = list(missing.values_list("listing_id", flat=True))
    gids = ids.global_ids(ids.PRODUCT, found)
    return sum(project_by_id(app_client(), gids[i]) for i in found if i in gids)


def _finish(run: SweepRun, *, keep_open: bool = False) -> int:
    run.finished_at = None if keep_open else timezone.now()
    run.save()
    if run.repaired:
        logger.info("%s corrected %s of %s products", run.name, run.repaired, run.looked_at)
    return run.repaired
