"""A cooperative's tables may only be queried from a scope, or by a named crossing.

``Model.objects.within(scope)`` is the way of every page. What must see several cooperatives at once
(posting a ledger, sweeping orders) says so: ``Model.objects.crossing(Crossing.LEDGER_POSTING)``.
Rows reached from a row already loaded (``order.lines.all()``) need nothing. Any other query raises
``UnscopedQuery``, always, not only in tests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models


class Crossing(Enum):
    """The reasons for reading across cooperatives; a test lists the uses of each."""

    PUBLIC_STOREFRONT = "published profiles and listings that anybody may read"
    BUYER_ORDER = "a buyer reads and answers for their own order"
    BUYER_CONVERSATION = "a buyer reads and writes in their own conversation"
    LEDGER_POSTING = "a domain event posts in the book of its programme"
    ENGINE_PROJECTION = "a webhook or sweep brings a fact in from the commerce engine"
    CHECKOUT = "a basket holds products of several cooperatives"
    SCHEDULED_JOB = "a job works through all cooperatives by the clock"
    POLICY = "the access policy itself finds out who may do what"
    OPERATOR_COMMAND = "an operator's command on the command line"
    ENGINE_DASHBOARD = "a person whom the engine lets see a whole order or product asks there"
    SERVICE_CHECK = "the doctor counts over all cooperatives, and names none"
    DEMO_WORLD = "the demo world is being made"


class UnscopedQuery(RuntimeError):
    """A cooperative's table was queried without a scope: a programming error."""


@dataclass(frozen=True)
class CooperativeScope:
    """What a member of one cooperative may read."""

    cooperative_id: UUID

    def condition(self, path: str) -> models.Q:
        return models.Q(**{path or "pk": self.cooperative_id})


@dataclass(frozen=True)
class ProgrammeScope:
    """What a programme's staff may read: all of it, or some regions and some cooperatives."""

    programme_id: UUID
    region_codes: tuple[str, ...] = ()
    cooperative_ids: tuple[UUID, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the programme is left out."""
        return not (self.region_codes or self.cooperative_ids)

    def condition(self, path: str) -> models.Q:
        prefix = f"{path}__" if path else ""
        programme = models.Q(**{f"{prefix}programme_id": self.programme_id})
        if self.is_whole:
            return programme
        regions = models.Q(**{f"{prefix}region_code__in": self.region_codes})
        return programme & (regions | models.Q(**{f"{path or 'pk'}__in": self.cooperative_ids}))


@dataclass(frozen=True)
class WholeProgrammeScope:
    """What belongs to a programme and to none of its cooperatives, as a message to its staff."""

    programme_id: UUID

    def condition(self, path: str) -> models.Q:
        above = path.removesuffix("cooperative")
        return models.Q(**{f"{path}__isnull": True, f"{above}programme_id": self.programme_id})


Scope = CooperativeScope | ProgrammeScope | WholeProgrammeScope


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset that raises unless it starts from a scope or a crossing."""

    def within(self, scope: Scope) -> Self:
        """Rows within the scope."""
        found = self.filter(scope.condition(self.model.scope_path))
        found.query.scope_mark = scope  # type: ignore[attr-defined]
        return found

    def crossing(self, reason: Crossing) -> Self:
        """All rows, for a named reason."""
        found = self.all()
        found.query.scope_mark = reason  # type: ignore[attr-defined]
        return found

    def _require_scope(self) -> None:
        reached_from_a_row = bool(self._hints)  # type: ignore[attr-defined]
        if not reached_from_a_row and getattr(self.query, "scope_mark", None) is None:
            raise UnscopedQuery(f"{self.model.__name__} queried without within() or crossing()")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._require_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()

    def create_all(self, rows: Iterable[Any]) -> list[Any]:
        """``bulk_create``, which needs no scope."""
        return super().bulk_create(rows)


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)


class ScopedModel(models.Model):
    """A table of data that belong to one cooperative.

    ``scope_path`` is the lookup from a row to its cooperative ("" for the cooperative itself).
    """

    scope_path: ClassVar[str] = "cooperative"

    objects = ScopedManager()

    class Meta:
        abstract = True
