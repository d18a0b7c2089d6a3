"""The caller and language of a request: the context of every field."""

from dataclasses import dataclass
from uuid import UUID

import graphene
from django.contrib.auth.models import AnonymousUser
from graphql import GraphQLResolveInfo

from marketplace.web.api.errors import FactorFirst, OddValue, SignInFirst
from vendors.models import User
from vendors.policy import MemberAccess, StaffAccess, member_access, staff_access

LONGEST_TEXT = 200


@dataclass(frozen=True)
class Caller:
    """A person, or nobody, with the language in which they are answered."""

    user: User | AnonymousUser
    language: str
    # Whether the session gave a second factor, without which staff read nothing.
    has_factor: bool = False

    def member(self, slug: str, permission: str) -> MemberAccess:
        """The access to a cooperative; raises SignInFirst, NotFound, Forbidden or FactorFirst."""
        self._require_somebody()
        access = member_access(self.user, text_of(slug), permission)
        if access.is_acting and not self.has_factor:
            raise FactorFirst
        return access

    def staff(self, slug: str, permission: str) -> StaffAccess:
        """The access to a programme; raises SignInFirst, NotFound, Forbidden or FactorFirst."""
        self._require_somebody()
        access = staff_access(self.user, text_of(slug), permission)
        if not self.has_factor:
            raise FactorFirst
        return access

    def _require_somebody(self) -> None:
        if not self.user.is_authenticated:
            raise SignInFirst


def caller(info: GraphQLResolveInfo) -> Caller:
    """The caller of a running field."""
    found: Caller = info.context
    return found


def text_of(text: str | None) -> str:
    """Text for a query: limited in length, without the character that PostgreSQL refuses."""
    return (text or "")[:LONGEST_TEXT].replace("\x00", "").strip()


def choice(value: graphene.Enum | str | None) -> str:
    """The plain value of an enum's member; empty for none."""
    return str(getattr(value, "value", value) or "")


def key(text: str, name: str) -> UUID:
    """An id of ours; raises OddValue."""
    try:
        return UUID(text)
    except ValueError as error:
        raise OddValue(name=name) from error
