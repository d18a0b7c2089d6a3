"""All listings of a cooperative with their newest content, for a table of its own products."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from catalog.content import RevisionContent
from catalog.models import ListingPage, ListingRevision, ListingStatus
from vendors.scoping import Scope

_BATCH = 500


class OwnProduct(NamedTuple):
    """A listing: its key, its newest content, and its stock (at its first publication before)."""

    key: str
    content: RevisionContent
    quantity: int


def own_products(scope: Scope) -> Iterator[OwnProduct]:
    """Every listing but the removed ones in the order of their keys, some hundreds at a time.

    The key is that of an import, else its slug, which the next import then knows it by.
    """
    found = _newest(scope).values_list("listing__import_key", "listing__slug", "pk")
    order = sorted((key or slug, pk) for key, slug, pk in found.iterator())
    for begin in range(0, len(order), _BATCH):
        batch = order[begin : begin + _BATCH]
        revisions = ListingRevision.objects.within(scope).in_bulk([pk for _key, pk in batch])
        listings = [revision.listing_id for revision in revisions.values()]
        pages = ListingPage.objects.filter(listing_id__in=listings)
        stock = dict(pages.values_list("listing_id", "quantity_available"))
        for key, pk in batch:
            if revision := revisions.get(pk):
                content = revision.proposed
                yield OwnProduct(key, content, stock.get(revision.listing_id, content.quantity))


def _newest(scope: Scope) -> QuerySet[ListingRevision]:
    rows: QuerySet[ListingRevision] = ListingRevision.objects.within(scope)
    rows = rows.exclude(listing__status=ListingStatus.REMOVED)
    return rows.order_by("listing_id", "-number").distinct("listing_id")
