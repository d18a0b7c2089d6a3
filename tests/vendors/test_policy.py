"""Who may do what: members for their cooperative, staff for their programme and regions."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from marketplace.core.errors import Forbidden, NotFound
from tests.factories import vendors as make
from vendors.models import Cooperative, StaffGrant
from vendors.permissions import (
    MEMBER_PERMISSIONS,
    STAFF_PERMISSIONS,
    MemberPermission,
    StaffPermission,
)
from vendors.policy import cooperatives_of, member_access, programmes_of, staff_access
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db


def test_a_manager_may_do_everything_for_their_own_cooperative() -> None:
    own = make.make_cooperative(make.make_programme())
    manager = make.make_member(own)

    for permission in MemberPermission.values:
        access = member_access(manager, own.slug, permission)
        assert access.cooperative == own
        assert access.by == manager.actor


@pytest.mark.parametrize("permission", MemberPermission.values)
def test_another_cooperatives_manager_finds_nothing(permission: str) -> None:
    programme = make.make_programme()
    own = make.make_cooperative(programme)
    stranger = make.make_member(make.make_cooperative(programme, "other"))

    with pytest.raises(NotFound):
        member_access(stranger, own.slug, permission)


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("seller", {"money:read", "profile:edit"}),
        ("accountant", {"profile:edit", "listing:edit", "stock:edit", "order:ship"}),
    ],
)
def test_a_members_role_has_limits(role: str, refused: set[str]) -> None:
    own = make.make_cooperative(make.make_programme())
    member = make.make_member(own, role)

    for permission in MemberPermission.values:
        if permission in refused:
            with pytest.raises(Forbidden):
                member_access(member, own.slug, permission)
        else:
            assert member_access(member, own.slug, permission).allows(permission)


def test_nobody_without_an_active_account_is_a_member() -> None:
    own = make.make_cooperative(make.make_programme())
    manager = make.make_member(own)
    manager.is_active = False

    for nobody in (AnonymousUser(), manager):
        with pytest.raises(NotFound):
            member_access(nobody, own.slug, "cooperative:read")
        assert cooperatives_of(nobody) == []


def test_staff_of_one_programme_find_nothing_in_another() -> None:
    own, other = make.make_programme(), make.make_programme("tahwissa")
    coordinator = make.make_staff(other)

    for permission in StaffPermission.values:
        with pytest.raises(NotFound):
            staff_access(coordinator, own.slug, permission)
    assert programmes_of(coordinator) == [other]


def test_a_member_is_no_staff_and_staff_are_no_member() -> None:
    programme = make.make_programme()
    own = make.make_cooperative(programme)

    with pytest.raises(NotFound):
        staff_access(make.make_member(own), programme.slug, "programme:read")
    with pytest.raises(NotFound):
        member_access(make.make_staff(programme), own.slug, "cooperative:read")


def test_a_regional_adviser_reaches_their_regions_only() -> None:
    programme = make.make_programme()
    near = make.make_cooperative(programme, "near", region="MA-09")
    make.make_cooperative(programme, "far", region="MA-01")
    adviser = make.make_staff(programme, "regional", regions=("MA-09",))

    access = staff_access(adviser, programme.slug, "cooperative:read")

    assert access.scope == ProgrammeScope(programme.pk, ("MA-09",))
    assert list(Cooperative.objects.within(access.scope)) == [near]
    with pytest.raises(Forbidden):
        staff_access(adviser, programme.slug, "payout:read")


def test_a_regional_role_without_regions_reaches_nothing() -> None:
    programme = make.make_programme()
    adviser = make.make_staff(programme, "regional")

    with pytest.raises(NotFound):
        staff_access(adviser, programme.slug, "cooperative:read")


def test_a_wide_role_does_not_widen_the_regions_of_a_narrow_one() -> None:
    programme = make.make_programme()
    person = make.make_staff(programme, "observer")
    make.grant_to(person, programme, "regional", regions=("MA-09",))

    assert staff_access(person, programme.slug, "cooperative:read").scope.region_codes == ()
    assert staff_access(person, programme.slug, "listing:moderate").scope.region_codes == ("MA-09",)


@pytest.mark.parametrize("role", ["finance_preparer", "finance_approver"])
def test_a_money_role_counts_once_another_person_confirmed_it_and_a_day_has_passed(
    role: str,
) -> None:
    programme = make.make_programme()
    person = make.make_user()
    grant = make.grant_to(person, programme, role)
    confirmer, granter = grant.confirmed_by, grant.granted_by

    assert staff_access(person, programme.slug, "payout:read").roles == (role,)
    for changes in (
        {"confirmed_by": None},
        {"confirmed_by": granter},
        {"confirmed_by": person},
        {"confirmed_by": confirmer, "effective_at": None},
        {"confirmed_by": confirmer, "effective_at": timezone.now() + timedelta(hours=1)},
    ):
        StaffGrant.objects.filter(pk=grant.pk).update(**changes)
        with pytest.raises(NotFound):
            staff_access(person, programme.slug, "payout:read")


def test_nobody_both_prepares_and_approves_by_one_role() -> None:
    for permissions in STAFF_PERMISSIONS.values():
        assert not {"payout:prepare", "payout:approve"} <= permissions


def test_roles_hold_only_permissions_that_exist() -> None:
    for role, permissions in MEMBER_PERMISSIONS.items():
        assert permissions <= set(MemberPermission.values), role
    for role, permissions in STAFF_PERMISSIONS.items():
        assert permissions <= set(StaffPermission.values), role


def test_an_observer_only_reads() -> None:
    assert STAFF_PERMISSIONS["observer"] == {
        "programme:read",
        "cooperative:read",
        "order:read",
        "payout:read",
        "impact:read",
        "service:read",
    }
