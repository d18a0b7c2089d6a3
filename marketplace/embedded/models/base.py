"""Bases of the engine's models: rows that were fetched together load their relations together."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models.query import prefetch_related_objects
from django.utils import timezone

M = TypeVar("M", bound=models.Model)


class PeerQuerySet(models.QuerySet[M]):
    """A queryset whose rows keep those they were fetched with, so that relations load for all."""

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        rows: Any = self._result_cache
        if fresh and rows and isinstance(rows[0], models.Model):
            for row in rows:
                row.__dict__["_peers"] = rows


class EngineModel(models.Model):
    """Base of every table of the engine."""

    if not TYPE_CHECKING:  # the type checker gives each model a manager of its own type
        objects = models.Manager.from_queryset(PeerQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class WithMetadata(EngineModel):
    """A row with public and private key-value pairs."""

    metadata = models.JSONField(default=dict, blank=True)
    private_metadata = models.JSONField(default=dict, blank=True)

    class Meta(EngineModel.Meta):
        abstract = True


class WithExternalReference(EngineModel):
    """A row with an id that its creator gave it."""

    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)

    class Meta(EngineModel.Meta):
        abstract = True


class WithDates(EngineModel):
    """A row with the instants of its creation and its last change."""

    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta(EngineModel.Meta):
        abstract = True


def related_one(row: Any, name: str) -> Any:
    """Return the foreign object `name` of `row`, loading it for all its peers in one query."""
    if not row._state.fields_cache.get(name):  # noqa: SLF001
        _prefetch(row, name)
    return getattr(row, name)


def related_many(row: Any, name: str) -> list[Any]:
    """Return the rows of the reverse or many-to-many relation `name`, loading it for all peers."""
    if name not in getattr(row, "_prefetched_objects_cache", {}):
        _prefetch(row, name)
    return list(getattr(row, name).all())


def _prefetch(row: Any, name: str) -> None:
    peers = [peer for peer in row.__dict__.get("_peers") or () if peer.pk is not None]
    prefetch_related_objects(peers if row in peers else [row], name)


def forget_relations(row: Any) -> None:
    """Drop the relations loaded for `row`, so that it can be returned after a write."""
    row.__dict__.pop("_peers", None)
    row.__dict__.pop("_prefetched_objects_cache", None)
    row._state.fields_cache.clear()  # noqa: SLF001


def delete_row(row: models.Model) -> None:
    """Delete a row; the object keeps its key, so that the API can still answer with it."""
    pk = row.pk
    row.delete()
    row.pk = pk
