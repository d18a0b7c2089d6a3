"""Domain events of cooperatives."""

from typing import ClassVar
from uuid import UUID

from marketplace.core.events import Event


class CooperativePublished(Event):
    """A cooperative's page was published: the engine needs its page and warehouse."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID


class CooperativeChanged(Event):
    """Public data of a cooperative changed: texts, place, marks, status."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID


class BankAccountChanged(Event):
    """The account that a cooperative is paid to was replaced."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID
    account_id: int
