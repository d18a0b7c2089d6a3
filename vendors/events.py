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


class FactorResetProposed(Event):
    """Somebody proposed to remove a colleague's second factor; a second person must confirm it."""

    aggregate: ClassVar[str] = "programme"
    programme_id: UUID
    reset_id: UUID


class FactorResetConfirmed(Event):
    """A colleague's second factor was removed by two persons, and their sessions ended."""

    aggregate: ClassVar[str] = "programme"
    programme_id: UUID
    reset_id: UUID


class InvitationMade(Event):
    """A role was offered, or its link is to be sent again."""

    aggregate: ClassVar[str] = "programme"
    programme_id: UUID
    invitation_id: UUID
    is_again: bool = False


class GrantMade(Event):
    """A role in a programme was granted; it may wait for a second person."""

    aggregate: ClassVar[str] = "programme"
    programme_id: UUID
    grant_id: int


class GrantConfirmed(Event):
    """A second person confirmed a role; it begins after a wait."""

    aggregate: ClassVar[str] = "programme"
    programme_id: UUID
    grant_id: int


class AdmissionMoved(Event):
    """A cooperative was invited, submitted its checklist, or the programme decided."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID
    step_id: int


class PhoneLinkWanted(Event):
    """The first manager of an invited cooperative is to get a link by a text message."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
