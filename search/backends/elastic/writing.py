"""Write documents to the server, and build a new index beside the live one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from elasticsearch.dsl import Search

from search.backends.elastic.documents import is_same, source_of
from search.backends.elastic.server import (
    alias,
    ensure_live_index,
    execute,
    index_named,
    live_indexes,
    make_index,
    server,
)
from search.backends.interface import Changes
from search.backends.postgres.build import killed_builds, remove_generations
from search.errors import SearchServerRefused
from search.indexing.documents import Document
from search.indexing.facts import FacetCodes
from search.indexing.postings import PostingBatch
from search.models import Generation, PendingUpdate

_AT_ONCE = 1000
# The length of a build's key in the name of its index.
_HEX = 32


def put(documents: Sequence[Document], removed: Sequence[UUID]) -> None:
    """Write changed documents of the live index and remove others."""
    ensure_live_index()
    _write(alias(), documents, removed, refresh=settings.ELASTICSEARCH_REFRESH)


def differing(documents: Sequence[Document]) -> list[Document]:
    """Those that the live index lacks, or has with another source."""
    if not documents:
        return []
    ids = [str(document.listing_id) for document in documents]
    found = server().mget(index=alias(), ids=ids)["docs"]
    stored = {each["_id"]: each.get("_source", {}) for each in found}
    return [
        document
        for document in documents
        if not is_same(stored.get(str(document.listing_id), {}), source_of(document))
    ]


def _write(
    index: str, documents: Sequence[Document], removed: Sequence[UUID], *, refresh: str
) -> None:
    _store_facet_values(documents)
    operations: list[dict[str, Any]] = []
    for document in documents:
        operations += [{"index": {"_id": str(document.listing_id)}}, source_of(document)]
    operations += [{"delete": {"_id": str(listing_id)}} for listing_id in removed]
    if operations:
        response = server().bulk(index=index, operations=operations, refresh=refresh)
        failed = [item for item in response["items"] if "error" in next(iter(item.values()))]
        if failed:
            raise SearchServerRefused(count=len(failed), first=str(failed[0])[:300])


def _store_facet_values(documents: Sequence[Document]) -> None:
    """Keep the names of cooperatives that the documents say, as every backend does."""
    FacetCodes.from_database().add_missing(documents)


class ElasticBuild:
    """An index built beside the live one; the alias moves to it in one step."""

    def __init__(self, key: UUID) -> None:
        self.key = key
        self.index = index_named(key.hex)

    @classmethod
    def begin(cls) -> "ElasticBuild":
        """Create a new index, to which the alias does not point yet."""
        # While its row exists, changes of listings are noted for it too.
        build = cls(Generation.objects.create(key=uuid4()).key)
        make_index(build.index)
        build._set_refresh("-1")
        return build

    @property
    def handle(self) -> str:
        """The key in the name of the index."""
        return self.key.hex

    def write(self, documents: Sequence[Document], *, first_number: int) -> None:
        """Write documents; the server numbers them itself."""
        del first_number
        _write(self.index, documents, (), refresh="false")

    def add_postings(self, batch: PostingBatch) -> None:
        """Nothing to do: the server indexes the words of each document."""

    def prepare(self) -> None:
        """Make the documents written so far searchable."""
        self._set_refresh("1s")
        server().indices.refresh(index=self.index)

    def finish(self, changes: Iterable[Changes]) -> None:
        """Write the changes, move the alias here as the last act, and delete the former index.

        Killed before the alias moves, the old index is whole; killed after, the new one.
        """
        for documents, removed in changes:
            _write(self.index, documents, removed, refresh="false")
        server().indices.refresh(index=self.index)
        Generation.objects.filter(key=self.key).delete()
        former = live_indexes()
        actions: list[dict[str, Any]] = [{"add": {"index": self.index, "alias": alias()}}]
        actions += [{"remove": {"index": name, "alias": alias()}} for name in former]
        server().indices.update_aliases(actions=actions)
        for name in former:
            server().indices.delete(index=name, ignore_unavailable=True)

    def abandon(self) -> None:
        """Delete the index and its notes, unless it is live."""
        if self.index not in live_indexes():
            server().indices.delete(index=self.index, ignore_unavailable=True)
        PendingUpdate.objects.filter(build=self.key).delete()
        Generation.objects.filter(key=self.key).delete()

    def _set_refresh(self, interval: str) -> None:
        settings_ = {"index": {"refresh_interval": interval}}
        server().indices.put_settings(index=self.index, settings=settings_)


def remove_killed_builds() -> None:
    """Delete the indexes of builds that were killed a day ago, and the changes noted for them."""
    remove_generations(killed_builds())
    open_build = set(Generation.objects.values_list("key", flat=True))
    kept = {*live_indexes(), *(f"{alias()}-{key.hex}" for key in open_build)}
    for name in server().indices.get(index=f"{alias()}-*"):
        if name not in kept and len(name) == len(alias()) + 1 + _HEX:
            server().indices.delete(index=name, ignore_unavailable=True)


def all_ids() -> Iterator[UUID]:
    """Which listings have a document, as of the live index's last refresh."""
    page = Search().source(fields=False).sort("tie").extra(size=_AT_ONCE)
    search = page
    while True:
        hits = execute(search.to_dict())["hits"]["hits"]
        yield from (UUID(hit["_id"]) for hit in hits)
        if len(hits) < _AT_ONCE:
            return
        search = page.extra(search_after=hits[-1]["sort"])
