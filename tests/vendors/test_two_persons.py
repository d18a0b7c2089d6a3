"""Nobody decides on what they began, or what somebody began whom they brought in."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.core.actors import Actor
from marketplace.core.errors import NotFound
from tests.factories import vendors as make
from vendors import errors, services
from vendors.models import (
    Cooperative,
    Introduction,
    Membership,
    Programme,
    ShopGrant,
    StaffGrant,
    User,
)
from vendors.policy import staff_access
from vendors.two_persons import are_independent, require_second_person

pytestmark = pytest.mark.django_db
RIB = "011 519 0000012050005349 21"
PEOPLE = 6


def brought_in(person: User, by: User, *, is_vouched: bool = False) -> None:
    Introduction.objects.create(person=person, by=by, is_vouched=is_vouched)


def in_office(programme: Programme) -> User:
    return make.make_staff(programme)


def decides(one: User, other: User) -> bool:
    try:
        require_second_person(first=one.pk, by=other.actor)
    except errors.SamePersonTwice:
        return False
    return True


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edges=st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)), max_size=9)
)
def test_whoever_is_linked_by_a_chain_of_roles_is_one_person(edges: list[tuple[int, int]]) -> None:
    """Against a plain search of all chains, for every pair, in both directions."""
    everybody = [make.make_user() for _ in range(PEOPLE)]
    behind: dict[int, set[int]] = {n: {n} for n in range(PEOPLE)}
    for person, by in edges:
        if person != by:
            Introduction.objects.get_or_create(
                person=everybody[person], by=everybody[by], is_vouched=False
            )
    for _ in range(PEOPLE):
        for person, by in edges:
            behind[person] |= behind[by]

    for one in range(PEOPLE):
        for other in range(PEOPLE):
            is_free = not behind[one] & behind[other]
            assert decides(everybody[one], everybody[other]) == is_free, (one, other)


@given(length=st.integers(2, 5))
@settings(max_examples=4, deadline=None)
def test_a_chain_is_followed_to_its_end(length: int) -> None:
    chain = [make.make_user() for _ in range(length)]
    for earlier, later in pairwise(chain):
        brought_in(later, earlier, is_vouched=True)

    assert not decides(chain[-1], chain[0])
    assert not decides(chain[0], chain[-1])


def test_two_whom_one_brought_in_are_two_once_others_confirmed_both() -> None:
    programme = make.make_programme()
    one = make.make_user()
    first, second = make.make_user(), make.make_user()
    for person in (first, second):
        brought_in(person, one)
    assert not are_independent(first.pk, second.pk)

    make.grant_to(first, programme, "finance_preparer")
    make.grant_to(second, programme, "finance_approver")

    assert are_independent(first.pk, second.pk)
    assert not are_independent(first.pk, one.pk)


def test_machines_and_one_person_are_no_second_person() -> None:
    person = make.make_user()

    for by in (Actor.system("job"), person.actor, Actor.buyer("1")):
        with pytest.raises(errors.SamePersonTwice):
            require_second_person(first=person.pk, by=by)
    assert require_second_person(first=None, by=person.actor) == person.pk


def test_a_role_that_ended_still_tells_who_brought_whom_in() -> None:
    programme = make.make_programme()
    coordinator, other = in_office(programme), in_office(programme)
    person = make.make_user()
    grant = services.grant_role(
        programme=programme, user=person, role="observer", by=coordinator.actor
    )
    services.revoke_grant(grant=grant, by=other.actor)

    assert not are_independent(person.pk, coordinator.pk)
    assert are_independent(person.pk, other.pk)


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


def proposed(programme: Programme, by: User, role: str = "coordinator") -> StaffGrant:
    return services.grant_role(
        programme=programme,
        user=make.make_user(),
        role=role,
        region_codes=["MA-09"] if role == "regional" else [],
        by=by.actor,
    )


def put_in_office(grant: StaffGrant, confirmer: User) -> User:
    """Confirm a grant, and let its day pass."""
    services.confirm_grant(grant=grant, by=confirmer.actor)
    hours = timezone.now() - timedelta(hours=25)
    StaffGrant.objects.filter(pk=grant.pk).update(granted_at=hours, effective_at=hours)
    return grant.user


@pytest.mark.parametrize(
    "role", ["coordinator", "regional", "finance_preparer", "finance_approver"]
)
def test_one_coordinator_makes_nobody_alone(programme: Programme, role: str) -> None:
    coordinator, third = in_office(programme), in_office(programme)
    grant = proposed(programme, coordinator, role)
    accomplice = grant.user

    for by in (coordinator, accomplice, make.make_user()):
        with pytest.raises(errors.SamePersonTwice):
            services.confirm_grant(grant=grant, by=by.actor)
    with pytest.raises(NotFound):
        staff_access(accomplice, programme.slug, "programme:read")

    services.confirm_grant(grant=grant, by=third.actor)
    with pytest.raises(NotFound):
        staff_access(accomplice, programme.slug, "programme:read")
    tomorrow = timezone.now() + timedelta(hours=25)
    access = staff_access(accomplice, programme.slug, "programme:read", at=tomorrow)
    assert access.roles == (role,)


def test_who_confirms_was_in_office_before(programme: Programme) -> None:
    coordinator, late = in_office(programme), in_office(programme)
    grant = proposed(programme, coordinator)
    StaffGrant.objects.filter(user=late).update(effective_at=timezone.now())

    with pytest.raises(errors.NotInOfficeBefore):
        services.confirm_grant(grant=grant, by=late.actor)


def test_nobody_confirms_what_somebody_proposed_whom_they_brought_in(programme: Programme) -> None:
    first, second, third = (in_office(programme) for _ in range(3))
    newcomer = put_in_office(proposed(programme, first), second)
    grant = proposed(programme, newcomer)

    with pytest.raises(errors.NotIndependent):
        services.confirm_grant(grant=grant, by=first.actor)
    services.confirm_grant(grant=grant, by=third.actor)


def test_an_accomplice_in_office_does_not_confirm_for_who_brought_them_in(
    programme: Programme,
) -> None:
    first, second = in_office(programme), in_office(programme)
    accomplice = put_in_office(proposed(programme, first), second)
    grant = proposed(programme, first)

    with pytest.raises(errors.NotIndependent):
        services.confirm_grant(grant=grant, by=accomplice.actor)
    # Where nobody else is left the programme does not stand still: a third person confirmed both.
    services.revoke_grant(grant=StaffGrant.objects.get(user=second), by=second.actor)
    services.confirm_grant(grant=grant, by=accomplice.actor)


def member_of(cooperative: Cooperative, by: User) -> User:
    user = make.make_user()
    services.add_member(cooperative=cooperative, user=user, role="manager", by=by.actor)
    long_ago = timezone.now() - timedelta(days=9)
    Membership.objects.within(cooperative.scope).update(created_at=long_ago)
    return user


def test_an_adviser_does_not_confirm_the_account_of_whom_they_invited(
    programme: Programme,
) -> None:
    cooperative = make.make_cooperative(programme)
    adviser = make.make_staff(programme, "regional", regions=("MA-09",))
    manager, accomplice = member_of(cooperative, adviser), member_of(cooperative, adviser)
    invited = member_of(cooperative, manager)
    account = services.set_bank_account(
        cooperative=cooperative, holder_name="COOPERATIVE", number=RIB, by=manager.actor
    )

    for by in (adviser, manager, accomplice, invited):
        with pytest.raises(errors.SamePersonTwice):
            services.confirm_bank_account(account=account, by=by.actor)
    coordinator = in_office(programme)
    assert services.confirm_bank_account(account=account, by=coordinator.actor).confirmed_at


def test_the_shops_role_is_confirmed_by_somebody_independent() -> None:
    first, accomplice, third = (make.make_shop_administrator() for _ in range(3))
    brought_in(accomplice, first, is_vouched=True)
    grant = services.propose_shop_grant(
        user=make.make_user(), by=Actor.system("test"), granted_by=first
    )

    for by in (first, accomplice, grant.user):
        with pytest.raises(errors.SamePersonTwice):
            services.confirm_shop_grant(grant=grant, by=by.actor)
    late = make.make_shop_administrator()
    ShopGrant.objects.filter(user=late).update(effective_at=timezone.now())
    with pytest.raises(errors.SamePersonTwice):
        services.confirm_shop_grant(grant=grant, by=late.actor)
    services.confirm_shop_grant(grant=grant, by=third.actor)
    assert not are_independent(grant.user_id, first.pk)
