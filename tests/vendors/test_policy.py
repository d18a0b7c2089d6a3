"""Who may do what: members for their cooperative, staff for their programme and regions."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from marketplace.core.errors import Forbidden, NotFound
from tests.factories import vendors as make
from vendors.in_office import staff_who_may
from vendors.models import Cooperative, Membership, StaffGrant, User
from vendors.permissions import (
    HARMLESS,
    MEMBER_PERMISSIONS,
    MONEY_ROLES,
    STAFF_PERMISSIONS,
    WHOLE_PROGRAMME,
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
        (
            "seller",
            {
                "money:read",
                "profile:edit",
                "member:manage",
                "voucher:set",
                "account:set",
                "delivery:set",
            },
        ),
        (
            "accountant",
            {"profile:edit", "listing:edit", "stock:edit", "order:ship", "member:manage"}
            | {"conversation:answer", "review:answer", "voucher:set", "refund:agree", "account:set"}
            | {"delivery:set", "price:offer", "sale:record"},
        ),
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


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        ("finance_preparer", "payout:read"),
        ("finance_approver", "payout:read"),
        ("coordinator", "refund:make"),
        ("regional", "cooperative:edit"),
    ],
)
def test_a_money_role_counts_once_another_person_confirmed_it_and_a_day_has_passed(
    role: str, permission: str
) -> None:
    programme = make.make_programme()
    person = make.make_user()
    grant = make.grant_to(person, programme, role, regions=("MA-09",))
    confirmer, granter = grant.confirmed_by, grant.granted_by

    assert staff_access(person, programme.slug, permission).roles == (role,)
    for changes in (
        {"confirmed_by": None},
        {"confirmed_by": granter},
        {"confirmed_by": person},
        {"confirmed_by": confirmer, "effective_at": None},
        {"confirmed_by": confirmer, "effective_at": timezone.now() + timedelta(hours=1)},
    ):
        StaffGrant.objects.filter(pk=grant.pk).update(**changes)
        with pytest.raises(NotFound):
            staff_access(person, programme.slug, permission)
    # An operator may appoint without a second person.
    StaffGrant.objects.filter(pk=grant.pk).update(
        confirmed_by=None, appointed_at=timezone.now(), effective_at=timezone.now()
    )
    assert staff_access(person, programme.slug, permission).roles == (role,)


def test_every_role_that_can_lead_to_money_takes_a_second_person() -> None:
    assert set(STAFF_PERMISSIONS) - MONEY_ROLES == {"observer", "adviser"}
    for permission in ("grant:make", "cooperative:edit", "payout:approve", "delivery:record"):
        assert permission not in HARMLESS


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
        "conversation:read",
        "review:read",
        "payout:read",
        "impact:read",
    }


def test_a_coordinator_does_everything_but_pay_out_and_keep_the_books() -> None:
    assert set(StaffPermission.values) - STAFF_PERMISSIONS["coordinator"] == {
        "payout:prepare",
        "payout:approve",
        "payout:handle",
        "books:keep",
        "commission:set",
        "conversation:answer",
        "cooperative:act",
        "review:answer",
    }


def test_a_member_may_be_asked_for_more_than_the_page_needs() -> None:
    own = make.make_cooperative(make.make_programme())
    access = member_access(make.make_member(own, "accountant"), own.slug, "order:read")

    access.require("money:read")
    with pytest.raises(Forbidden):
        access.require("order:ship")


def test_nobody_stands_for_the_first_account() -> None:
    programme = make.make_programme()
    own = make.make_cooperative(programme)
    first = make.prove(User.objects.create(pk=1, email="first@example.org", name="First"))
    Membership.objects.create(user=first, cooperative=own, role="manager")
    StaffGrant.objects.create(
        user=first,
        programme=programme,
        role="coordinator",
        appointed_at=make.LONG_AGO,
        effective_at=make.LONG_AGO,
    )
    assert cooperatives_of(first) == [own]
    assert programmes_of(first) == [programme]

    first.is_active = False
    for nobody in (AnonymousUser(), first):
        assert cooperatives_of(nobody) == []
        assert programmes_of(nobody) == []


@pytest.mark.parametrize(
    ("role", "permission"),
    [("finance_preparer", "payout:read"), ("coordinator", "order:read")],
)
def test_a_role_counts_from_its_moment_on(role: str, permission: str) -> None:
    programme = make.make_programme()
    person = make.make_staff(programme, role)
    begins = make.LONG_AGO

    assert staff_access(person, programme.slug, permission, at=begins).roles == (role,)
    with pytest.raises(NotFound):
        staff_access(person, programme.slug, permission, at=begins - timedelta(microseconds=1))


def test_a_role_that_moves_no_money_counts_without_a_moment() -> None:
    programme = make.make_programme()
    person = make.make_user()
    grant = make.grant_to(person, programme, "observer")
    StaffGrant.objects.filter(pk=grant.pk).update(effective_at=None, confirmed_by=None)

    assert staff_access(person, programme.slug, "order:read").by == person.actor


def test_the_regions_of_several_grants_are_joined_and_a_wide_one_covers_all() -> None:
    programme = make.make_programme()
    person = make.make_staff(programme, "regional", regions=("MA-09", "MA-01"))
    make.grant_to(person, programme, "observer", regions=("MA-05",))

    access = staff_access(person, programme.slug, "order:read")

    assert access.scope.region_codes == ("MA-01", "MA-05", "MA-09")
    assert access.scope_for("listing:moderate").region_codes == ("MA-01", "MA-09")
    assert access.scope_for("payout:read").region_codes == ("MA-05",)
    with pytest.raises(Forbidden):
        access.scope_for("payout:approve")


@pytest.mark.parametrize("permission", sorted(WHOLE_PROGRAMME))
def test_what_cannot_be_divided_takes_a_role_in_the_whole_programme(permission: str) -> None:
    programme = make.make_programme()
    role = next(role for role, may in STAFF_PERMISSIONS.items() if permission in may)
    somewhere = make.make_staff(programme, role, regions=("MA-09",))

    with pytest.raises(Forbidden):
        staff_access(somewhere, programme.slug, permission)
    assert staff_who_may(permission, [programme]) == []
    everywhere = make.make_staff(programme, role)
    assert staff_access(everywhere, programme.slug, permission).scope.is_whole
    assert staff_who_may(permission, [programme]) == [everywhere]


def test_cooperatives_and_programmes_come_in_order_each_once() -> None:
    second, first = make.make_programme("tahwissa"), make.make_programme()
    person = make.make_staff(second, "observer")
    make.grant_to(person, first, "observer")
    make.grant_to(person, first, "coordinator")
    for slug in ("zitoun", "argan"):
        Membership.objects.create(
            user=person, cooperative=make.make_cooperative(first, slug), role="manager"
        )

    assert programmes_of(person) == [first, second]
    assert [each.slug for each in cooperatives_of(person)] == ["argan", "zitoun"]


def test_staff_who_may_are_active_people_whose_role_counts_and_carries_it() -> None:
    programme, other = make.make_programme(), make.make_programme("tahwissa")
    approver = make.make_staff(programme, "finance_approver")
    make.grant_to(approver, other, "finance_approver")
    make.make_staff(programme, "observer")
    other_approver = make.make_staff(other, "finance_approver")
    gone = make.make_staff(programme, "finance_approver")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    later = make.make_staff(programme, "finance_approver")
    StaffGrant.objects.filter(user=later).update(effective_at=timezone.now() + timedelta(hours=1))

    assert staff_who_may("payout:approve", [programme]) == [approver]
    assert staff_who_may("payout:approve", [programme, other]) == [approver, other_approver]
