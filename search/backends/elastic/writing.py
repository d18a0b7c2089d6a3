"""Write documents to the server, and build an index beside the live one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from search.backends.elastic.fields import is_same, source_of
from search.backends.elastic.server import (
    alias,
    ensure_live_index,
    index_named,
    live_indexes,
    make_index,
    server,
)
from search.backends.interface import Changes
from search.backends.postgres.writer import dead_builds, remove
from search.errors import SearchServerRefused
from search.indexing.documents import Document
from search.indexing.facts import Codes
from search.indexing.grouping import Grouped
from search.models import Generation, PendingUpdate

_AT_ONCE = 1000
# The length of a build's key in the name of its index.
_HEX = 32


def put(documents: Sequence[Document], gone: Sequence[UUID]) -> None:
    """Write changed documents of the live index and remove others."""
    ensure_live_index()
    _write(alias(), documents, gone, refresh=settings.ELASTICSEARCH_REFRESH)


def differing(documents: Sequence[Document]) -> list[Document]:
    """Those of which the live index has another body, or none."""
    if not documents:
        return []
    ids = [str(document.listing_id) for document in documents]
    found = server().mget(index=alias(), ids=ids)["docs"]
    kept = {each["_id"]: each.get("_source", {}) for each in found}
    return [
        document
        for document in documents
        if not is_same(kept.get(str(document.listing_id), {}), source_of(document))
    ]


def _write(
    index: str, documents: Sequence[Document], gone: Sequence[UUID], *, refresh: str
) -> None:
    _learn_values(documents)
    operations: list[dict[str, Any]] = []
    for document in documents:
        operations += [{"index": {"_id": str(document.listing_id)}}, source_of(document)]
    operations += [{"delete": {"_id": str(listing_id)}} for listing_id in gone]
    if operations:
        answer = server().bulk(index=index, operations=operations, refresh=refresh)
        failed = [item for item in answer["items"] if "error" in next(iter(item.values()))]
        if failed:
            raise SearchServerRefused(count=len(failed), first=str(failed[0])[:300])


def _learn_values(documents: Sequence[Document]) -> None:
    """Cooperatives are called what the documents say, whatever the backend."""
    codes = Codes()
    codes.read()
    codes.add_missing(documents)


class ElasticBuild:
    """An index that grows beside the live one; the alias moves to it in one step."""

    def __init__(self, key: UUID) -> None:
        self.key = key
        self.index = index_named(key.hex)

    @classmethod
    def begin(cls) -> "ElasticBuild":
        """A new index, to which nobody is led yet."""
        # Its row tells whoever changes a listing meanwhile to note it down.
        made = cls(Generation.objects.create(key=uuid4()).key)
        make_index(made.index)
        made._set_refresh("-1")
        return made

    @property
    def handle(self) -> str:
        """The key in the index's name."""
        return self.key.hex

    def write(self, documents: Sequence[Document], *, first: int) -> None:
        """Write documents; the server numbers them itself."""
        del first
        _write(self.index, documents, (), refresh="false")

    def take(self, grouped: Grouped) -> None:
        """The server has the words already."""

    def prepare(self) -> None:
        """Make what was taken in ready to be searched."""
        self._set_refresh("1s")
        server().indices.refresh(index=self.index)

    def finish(self, changes: Iterable[Changes]) -> None:
        """Become the live index, as the last act; the former one goes.

        Killed before the alias moved, the old index is whole; killed after, the new one.
        """
        for documents, gone in changes:
            _write(self.index, documents, gone, refresh="false")
        server().indices.refresh(index=self.index)
        Generation.objects.filter(key=self.key).delete()
        former = live_indexes()
        actions: list[dict[str, Any]] = [{"add": {"index": self.index, "alias": alias()}}]
        actions += [{"remove": {"index": name, "alias": alias()}} for name in former]
        server().indices.update_aliases(actions=actions)
        for name in former:
            server().indices.delete(index=name, ignore_unavailable=True)

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self.index not in live_indexes():
            server().indices.delete(index=self.index, ignore_unavailable=True)
        PendingUpdate.objects.filter(build=self.key).delete()
        Generation.objects.filter(key=self.key).delete()

    def _set_refresh(self, interval: str) -> None:
        settings_ = {"index": {"refresh_interval": interval}}
        server().indices.put_settings(index=self.index, settings=settings_)


def remove_dead_builds() -> None:
    """Indexes of builds that were killed a day ago, and what waited for them."""
    remove(dead_builds())
    building = set(Generation.objects.values_list("key", flat=True))
    kept = {*live_indexes(), *(f"{alias()}-{key.hex}" for key in building)}
    for name in server().indices.get(index=f"{alias()}-*"):
        if name not in kept and len(name) == len(alias()) + 1 + _HEX:
            server().indices.delete(index=name, ignore_unavailable=True)


def all_ids() -> Iterator[UUID]:
    """Which listings have a document, as the live index was refreshed last."""
    after: list[Any] | None = None
    while True:
        hits = server().search(
            index=alias(),
            query={"match_all": {}},
            source=False,
            size=_AT_ONCE,
            sort=[{"tie": "asc"}],
            **({"search_after": after} if after else {}),
        )["hits"]["hits"]
        yield from (UUID(hit["_id"]) for hit in hits)
        if len(hits) < _AT_ONCE:
            return
        after = hits[-1]["sort"]
