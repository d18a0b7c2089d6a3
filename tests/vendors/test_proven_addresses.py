"""A role counts only for the owner of its address."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from marketplace.core.actors import Actor
from marketplace.core.errors import NotFound
from tests.factories import vendors as make
from vendors import services
from vendors.in_office import staff_who_may
from vendors.models import User
from vendors.policy import cooperatives_of, member_access, programmes_of, staff_access
from vendors.proven_addresses import has_proven_address, is_proven

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
PRESIDENT = "president@a-cooperative.example"


def stranger(email: str = PRESIDENT) -> User:
    """Somebody who signed up with an address and has proven nothing."""
    user = User.objects.create_user(email, "the stranger's password", name="Stranger")
    EmailAddress.objects.create(user=user, email=email, verified=False, primary=True)
    return user


def unproven(user: User) -> None:
    EmailAddress.objects.filter(user=user).update(verified=False)


def changed_to_unproven(user: User) -> None:
    """The proven address stays known, but the account's is another now."""
    User.objects.filter(pk=user.pk).update(email="other@example.org")
    EmailAddress.objects.create(user=user, email="other@example.org", verified=False)


def without_address(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()


def proven_for_somebody_else(user: User) -> None:
    other = make.make_user()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=other).update(email=user.email)


@pytest.mark.parametrize(
    "spoil", [unproven, changed_to_unproven, without_address, proven_for_somebody_else]
)
def test_an_account_without_a_proven_address_has_no_role(spoil: object) -> None:
    programme = make.make_programme()
    own = make.make_cooperative(programme)
    person = make.make_member(own)
    make.grant_to(person, programme, "coordinator")
    assert is_proven(person)
    assert member_access(person, own.slug, "money:read")
    assert staff_access(person, programme.slug, "grant:make")

    spoil(person)  # type: ignore[operator]
    person.refresh_from_db()

    assert not is_proven(person)
    assert not User.objects.filter(has_proven_address(""), pk=person.pk).exists()
    with pytest.raises(NotFound):
        member_access(person, own.slug, "money:read")
    with pytest.raises(NotFound):
        staff_access(person, programme.slug, "grant:make")
    assert cooperatives_of(person) == []
    assert programmes_of(person) == []
    assert staff_who_may("grant:make", [programme]) == []


def test_letters_of_an_address_may_be_large_or_small() -> None:
    programme = make.make_programme()
    person = make.make_staff(programme)
    EmailAddress.objects.filter(user=person).update(email=person.email.upper())

    assert is_proven(person)
    assert staff_access(person, programme.slug, "grant:make")


def test_a_stranger_who_signed_up_first_loses_the_account_to_the_owner_of_the_address() -> None:
    user = stranger()
    EmailAddress.objects.create(user=user, email="second@example.org", verified=False)
    RecoveryCodes.activate(user)

    owner = services.prove_address(email=PRESIDENT.upper(), name="President", by=BY)

    assert (owner.pk, owner.name, is_proven(owner)) == (user.pk, "President", True)
    assert not owner.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert [a.email for a in EmailAddress.objects.filter(user=user)] == [PRESIDENT]


def test_one_who_made_the_address_theirs_gets_their_own_back() -> None:
    thief = make.make_user()
    before = thief.email
    User.objects.filter(pk=thief.pk).update(email=PRESIDENT)
    EmailAddress.objects.filter(user=thief).update(primary=False)
    EmailAddress.objects.create(user=thief, email=PRESIDENT, verified=False, primary=True)
    own = make.make_cooperative(make.make_programme())
    services.add_member(cooperative=own, user=thief, role="manager", by=BY)

    owner = services.prove_address(email=PRESIDENT, name="President", by=BY)

    thief.refresh_from_db()
    assert (thief.email, is_proven(thief)) == (before, True)
    assert owner.pk != thief.pk
    assert (owner.email, is_proven(owner)) == (PRESIDENT, True)
    # What was the thief's before is the thief's still, and not the owner's.
    assert cooperatives_of(thief) == [own]
    assert cooperatives_of(owner) == []


def test_a_proven_account_is_never_taken_over() -> None:
    person = make.make_user(password="a good password")

    again = services.prove_address(email=person.email, name="Another", by=BY)

    assert again == person
    assert again.check_password("a good password")


def test_an_operator_gives_a_role_to_the_owner_and_to_no_stranger() -> None:
    user = stranger()

    opened = services.open_account(email=PRESIDENT, name="President", proven=True, by=BY)
    plain = services.open_account(email="someone@example.org", name="Someone", by=BY)

    assert (opened.pk, opened.check_password("the stranger's password")) == (user.pk, False)
    assert is_proven(opened)
    assert not is_proven(plain)
