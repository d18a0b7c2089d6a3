"""The first two persons of a programme, appointed by its operator, who then no longer can.

Whoever may grant roles was granted theirs by somebody; the first two were by nobody. So a command
of the operator appoints two coordinators, as long as none is in office. Each role counts once its
owner has proven the address (``vendors.proven_addresses``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.accounts import User
from vendors.errors import CoordinatorsInOffice, TwoAddressesNeeded
from vendors.models import Programme, StaffGrant, StaffRole
from vendors.proven_addresses import is_proven
from vendors.services.accounts import open_account
from vendors.services.grants import grant_role

PERSONS = 2


@dataclass(frozen=True)
class Appointed:
    """A person, and whether their address is proven already: then the role has begun."""

    user: User
    is_in_office: bool


@transaction.atomic
def appoint_coordinators(
    *, programme: Programme, emails: Sequence[str], language: str, by: Actor
) -> list[Appointed]:
    """Appoint two coordinators; repeated, it replaces those who have not come into office.

    Raises TwoAddressesNeeded, and CoordinatorsInOffice once two are in office, or one who was not
    appointed with somebody who is still expected.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    addresses = list(dict.fromkeys(email.strip().lower() for email in emails))
    if len(addresses) != PERSONS or not all(_is_address(one) for one in addresses):
        raise TwoAddressesNeeded
    grants = programme.staff_grants.filter(role=StaffRole.COORDINATOR).select_related("user")
    expected = [one for one in grants if _is_expected(one)]
    in_office = [one for one in grants if _counts(one)]
    if in_office and not _may_complete(in_office, expected, addresses):
        raise CoordinatorsInOffice
    _withdraw(programme, expected, addresses, by)
    return [_appoint(programme, address, language, by) for address in addresses]


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_expected(grant: StaffGrant) -> bool:
    """Appointed, and the owner of the address has not yet proven it."""
    return grant.appointed_at is not None and not is_proven(grant.user)


def _counts(grant: StaffGrant) -> bool:
    """In office: the role is in force, and its owner has proven the address."""
    return grant.effective_at is not None and grant.user.is_active and is_proven(grant.user)


def _may_complete(
    in_office: list[StaffGrant], expected: list[StaffGrant], addresses: list[str]
) -> bool:
    """Whether the other of two appointed persons is named again, or another in their place."""
    alone = in_office[0]
    return (
        len(in_office) == 1
        and alone.appointed_at is not None
        and bool(expected)
        and alone.user.email.lower() in addresses
    )


def _withdraw(
    programme: Programme, expected: list[StaffGrant], addresses: list[str], by: Actor
) -> None:
    for grant in expected:
        if grant.user.email.lower() not in addresses:
            details = {"user": grant.user_id, "role": grant.role}
            grant.delete()
            audit.record("grant.revoked", programme, by=by, **details)


def _appoint(programme: Programme, address: str, language: str, by: Actor) -> Appointed:
    user = open_account(email=address, name=address, language=language, by=by)
    known = programme.staff_grants.filter(user=user, role=StaffRole.COORDINATOR).first()
    if known is None or known.appointed_at is None:
        grant_role(
            programme=programme,
            user=user,
            role=StaffRole.COORDINATOR,
            effective_at=timezone.now(),
            by=by,
        )
    audit.record("programme.appointed", programme, by=by, user=user.pk, email=address)
    return Appointed(user, is_proven(user))
