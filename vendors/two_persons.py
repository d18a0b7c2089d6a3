"""Whether two persons are two: neither brought the other in, and nobody alone brought in both.

Every act that takes two people asks ``require_second_person``. Who gave whom a role is kept as
``Introduction``, also after the role has ended; what operators do brings nobody in.
"""

from django.db.models import Q, QuerySet

from marketplace.core.actors import Actor
from vendors.accounts import User
from vendors.errors import NotIndependent, SamePersonTwice
from vendors.models import Introduction, StaffGrant
from vendors.permissions import MONEY_ROLES


def user_id(by: Actor) -> int | None:
    """The account behind an actor; None for machines and buyers."""
    return int(by.id) if by.kind == "user" else None


def require_second_person(*, first: int | None, by: Actor) -> int:
    """The account of ``by``, who decides on what ``first`` (an account's id) began.

    Raises SamePersonTwice for the same person or a machine, NotIndependent if one of the two
    brought the other in, or one person alone brought in both.
    """
    second = user_id(by)
    if second is None or second == first:
        raise SamePersonTwice
    if first is not None and not are_independent(first, second):
        raise NotIndependent
    return second


def are_independent(one: int, other: int) -> bool:
    """Whether two accounts stand for two persons."""
    if one == other or brought_in(one, other) or brought_in(other, one):
        return False
    return not (_alone_behind(one) & _alone_behind(other))


def brought_in(by: int, person: int) -> bool:
    """Whether ``by`` gave ``person`` a role, or gave one to somebody who did, and so on."""
    return by in _behind(person, Introduction.objects.all())


def introduce(*, person: User, by: Actor, is_vouched: bool) -> None:
    """Note that an actor gives a person a role; ``is_vouched``: a second person must confirm it."""
    introducer = user_id(by)
    if introducer is not None and introducer != person.pk:
        Introduction.objects.get_or_create(person=person, by_id=introducer, is_vouched=is_vouched)


def _alone_behind(person: int) -> set[int]:
    """Who brought a person in without anybody's confirmation; nobody for confirmed staff."""
    confirmed = Q(confirmed_by__isnull=False) | Q(appointed_at__isnull=False)
    if StaffGrant.objects.filter(confirmed, user_id=person, role__in=MONEY_ROLES).exists():
        return set()
    return _behind(person, Introduction.objects.filter(is_vouched=False))


def _behind(person: int, edges: QuerySet[Introduction]) -> set[int]:
    found: set[int] = set()
    level = {person}
    while level:
        rows = edges.filter(person__in=level).values_list("by", flat=True)
        level = set(rows) - found - {person}
        found |= level
    return found
