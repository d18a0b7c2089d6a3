"""What other rooms hear of cooperatives."""

from typing import ClassVar
from uuid import UUID

from marketplace.core.events import Event


class CooperativePublished(Event):
    """A cooperative's page is to be public: the engine needs its page and its store."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID


class CooperativeChanged(Event):
    """Something that is shown of a cooperative changed: texts, place, marks, status."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID


class BankAccountChanged(Event):
    """Another account took the place of the one where a cooperative was paid."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID
    account_id: int
