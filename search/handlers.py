"""Handlers of events of the catalogue and of sales."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from marketplace.core.outbox import in_batches
from search.indexing.index import update

Payload = dict[str, Any]

_COUNT = """
    INSERT INTO search_listingsales AS known (listing_id, market, quantity)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::int[])
    ON CONFLICT (market, listing_id) DO UPDATE SET quantity = known.quantity + EXCLUDED.quantity
"""


def _update_all(payloads: Sequence[Payload]) -> Iterable[int]:
    update({UUID(str(listing_id)) for payload in payloads for listing_id in payload["listing_ids"]})
    return ()


@in_batches(_update_all)
def on_listing_pages_changed(payload: Payload) -> None:
    """Update the documents of changed listings."""
    _update_all([payload])


def _count_all(payloads: Sequence[Payload]) -> Iterable[int]:
    sold: dict[tuple[str, str], int] = {}
    for payload in payloads:
        key = (str(payload["listing_id"]), payload["market"])
        sold[key] = sold.get(key, 0) + int(payload["quantity"])
    # Always in the same order, so that two transactions never wait for each other.
    keys = sorted(sold)
    columns: list[Any] = [
        [key[0] for key in keys],
        [key[1] for key in keys],
        [sold[key] for key in keys],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, columns)
    update({UUID(listing_id) for listing_id, _ in keys})
    return ()


@in_batches(_count_all)
def on_sale_counted(payload: Payload) -> None:
    """Count sold pieces for the ranking; each event is delivered once, with the difference."""
    _count_all([payload])
