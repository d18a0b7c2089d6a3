"""Who of a programme's staff is in office, and may do something: whom to tell."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from vendors.accounts import User
from vendors.models import Cooperative, Programme, StaffGrant
from vendors.policy import carries, counting
from vendors.proven_addresses import has_proven_address


def staff_who_may(
    permission: str, programmes: Iterable[Programme], *, at: datetime | None = None
) -> list[User]:
    """The users whose role in one of the programmes carries a permission, each once; now or then.

    Of another moment, only who still has the role is known.
    """
    grants = _in_office(programmes, at or timezone.now())
    may = [grant.user for grant in grants if carries(grant, permission)]
    return list(dict.fromkeys(may))


def staff_who_may_for(permission: str, cooperative: Cooperative) -> list[User]:
    """The users whose role carries a permission for a cooperative now, each once.

    Who has it for other regions only is not one of them, and is told nothing.
    """
    grants = _in_office([cooperative.programme], timezone.now())
    return list(
        dict.fromkeys(g.user for g in grants if carries(g, permission) and covers(g, cooperative))
    )


def staff_in_office(programme: Programme) -> list[User]:
    """Everybody with a role in a programme that counts now, each once."""
    return list(dict.fromkeys(g.user for g in _in_office([programme], timezone.now())))


def _in_office(programmes: Iterable[Programme], at: datetime) -> list[StaffGrant]:
    found = StaffGrant.objects.filter(
        has_proven_address(), programme__in=programmes, user__is_active=True
    )
    rows = found.select_related("user", "programme", "cooperative").order_by("user__email")
    return counting(rows, at)


def covers(grant: StaffGrant, cooperative: Cooperative) -> bool:
    """Whether a role reaches a cooperative."""
    if grant.cooperative_id is not None:
        return grant.cooperative_id == cooperative.pk
    return not grant.region_codes or cooperative.region_code in grant.region_codes
