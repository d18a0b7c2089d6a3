"""A colleague's lost second factor is reset by two persons, never by one, and is told to all."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry
from marketplace.core.worker import work_off
from tests.concurrency import at_once
from tests.factories import vendors as make
from vendors import errors, queries, services
from vendors.models import FactorReset, Introduction, Programme, StaffGrant, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


@pytest.fixture
def amal(programme: Programme) -> User:
    return make.make_staff(programme)


@pytest.fixture
def brahim(programme: Programme) -> User:
    return make.make_staff(programme)


@pytest.fixture
def lost(programme: Programme) -> User:
    """A finance preparer whose phone lies in a river."""
    return make.make_staff(programme, "finance_preparer")


def propose(programme: Programme, user: User, by: User) -> FactorReset:
    return services.propose_factor_reset(
        programme=programme, user=user, reason="Called back on 0661223344.", by=by.actor
    )


def has_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def refused(error: type[Exception], reset: FactorReset, by: User | Actor) -> None:
    """The act is refused for just this reason, and nothing happened."""
    actor = by.actor if isinstance(by, User) else by
    with pytest.raises(error) as raised:
        services.confirm_factor_reset(reset=reset, by=actor)
    assert type(raised.value) is error
    reset.refresh_from_db()
    assert reset.confirmed_at is None
    assert has_factor(reset.user)


def test_two_persons_reset_it_and_the_sessions_end(
    programme: Programme, amal: User, brahim: User, lost: User
) -> None:
    browser = Client()
    browser.force_login(lost, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/accounts/sessions/").status_code == 200

    reset = propose(programme, lost, amal)
    assert has_factor(lost)
    assert browser.get("/accounts/sessions/").status_code == 200
    services.confirm_factor_reset(reset=reset, by=brahim.actor)

    assert not has_factor(lost)
    assert browser.get("/accounts/sessions/").status_code == 302
    assert has_factor(amal)
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert [a for a in actions if "factor" in a] == [
        "factor_reset.proposed", "factor_reset.confirmed", "account.factor_reset",
    ]  # fmt: skip
    assert queries.factor_resets_in(programme) == []


def test_its_owner_and_all_in_office_are_told_of_both_steps(
    programme: Programme, amal: User, brahim: User, lost: User
) -> None:
    tawassol = make.make_programme("tawassol")
    make.grant_to(lost, tawassol, "observer")
    everybody = {amal.email, brahim.email, lost.email, make.make_staff(tawassol).email}
    make.make_staff(make.make_programme("another"))

    reset = propose(programme, lost, amal)
    work_off()
    told = [(sent.to[0], sent.body) for sent in mail.outbox]
    assert len(told) == len(everybody)
    assert {to for to, _body in told} == everybody
    assert all("0661223344" in body for _to, body in told)

    mail.outbox.clear()
    services.confirm_factor_reset(reset=reset, by=brahim.actor)
    work_off()
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(everybody)


def test_nobody_resets_their_own(programme: Programme, amal: User, brahim: User) -> None:
    with pytest.raises(errors.OwnFactor):
        propose(programme, amal, amal)
    assert not FactorReset.objects.exists()

    refused(errors.OwnFactor, propose(programme, amal, brahim), amal)


def test_one_person_or_a_machine_is_not_two(programme: Programme, amal: User, lost: User) -> None:
    reset = propose(programme, lost, amal)

    refused(errors.SamePersonTwice, reset, amal)
    refused(errors.SamePersonTwice, reset, Actor.system("job"))


@pytest.mark.parametrize("chain", [("amal", "brahim"), ("brahim", "amal")])
def test_whom_the_proposer_brought_in_does_not_confirm(
    programme: Programme, amal: User, brahim: User, lost: User, chain: tuple[str, str]
) -> None:
    """Neither directly nor through somebody between, in either direction."""
    people = {"amal": amal, "brahim": brahim}
    first, last, between = people[chain[0]], people[chain[1]], make.make_user()
    for person, by in ((between, first), (last, between)):
        Introduction.objects.create(person=person, by=by, is_vouched=True)

    refused(errors.NotIndependent, propose(programme, lost, amal), brahim)


def test_two_whom_one_brought_in_without_a_second_person_are_one(
    programme: Programme, amal: User, lost: User
) -> None:
    """They hold no office that may confirm, and would be one person if they did."""
    one = make.make_user()
    first, second = make.make_user(), make.make_user()
    for person in (first, second):
        Introduction.objects.create(person=person, by=one, is_vouched=False)

    refused(errors.NotIndependent, propose(programme, lost, first), second)
    refused(errors.ResetProposedBefore, propose(programme, amal, amal_s_colleague()), second)


def amal_s_colleague() -> User:
    return make.make_staff(Programme.objects.get(slug="mourafaka"))


@pytest.mark.parametrize("role", ["regional", "finance_approver", "observer", "none"])
def test_who_may_not_confirm_roles_does_not_confirm_this(
    programme: Programme, amal: User, lost: User, role: str
) -> None:
    reset = propose(programme, lost, amal)
    person = make.make_user()
    if role != "none":
        make.grant_to(person, programme, role, regions=("MA-09",) if role == "regional" else ())

    refused(errors.ResetProposedBefore, reset, person)
    refused(errors.ResetProposedBefore, reset, make.make_staff(make.make_programme("another")))


def test_who_confirms_was_in_office_before_and_still_is(
    programme: Programme, amal: User, brahim: User, lost: User
) -> None:
    reset = propose(programme, lost, amal)
    late = make.make_staff(programme)
    StaffGrant.objects.filter(user=late).update(effective_at=timezone.now())
    refused(errors.ResetProposedBefore, reset, late)

    services.revoke_grant(grant=StaffGrant.objects.get(user=brahim), by=amal.actor)
    refused(errors.ResetProposedBefore, reset, brahim)


def test_who_is_not_in_office_is_none_of_the_programmes_concern(
    programme: Programme, amal: User, brahim: User, lost: User
) -> None:
    for stranger in (make.make_user(), make.make_staff(make.make_programme("another"))):
        with pytest.raises(errors.NotInOffice):
            propose(programme, stranger, amal)

    reset = propose(programme, lost, amal)
    services.revoke_grant(grant=StaffGrant.objects.get(user=lost), by=amal.actor)
    refused(errors.NotInOffice, reset, brahim)


def test_it_is_proposed_and_decided_once(
    programme: Programme, amal: User, brahim: User, lost: User
) -> None:
    reset = propose(programme, lost, amal)
    with pytest.raises(errors.ResetProposed):
        propose(programme, lost, brahim)
    services.confirm_factor_reset(reset=reset, by=brahim.actor)
    make.enrol(lost)

    with pytest.raises(errors.ResetDecided):
        services.confirm_factor_reset(reset=reset, by=brahim.actor)
    with pytest.raises(errors.ResetDecided):
        services.withdraw_factor_reset(reset=reset, by=amal.actor)
    assert has_factor(lost)
    assert propose(programme, lost, amal).pk != reset.pk


def test_it_is_withdrawn_by_its_owner_too_and_then_over(
    programme: Programme, amal: User, brahim: User
) -> None:
    reset = propose(programme, brahim, amal)
    services.withdraw_factor_reset(reset=reset, by=brahim.actor)

    with pytest.raises(errors.ResetDecided):
        services.confirm_factor_reset(reset=reset, by=make.make_staff(programme).actor)
    assert has_factor(brahim)
    work_off()
    assert mail.outbox == []


def test_after_its_time_it_is_asked_again(
    programme: Programme, amal: User, brahim: User, lost: User
) -> None:
    old = propose(programme, lost, amal)
    FactorReset.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    old.refresh_from_db()
    refused(errors.ResetExpired, old, brahim)

    services.confirm_factor_reset(reset=propose(programme, lost, amal), by=brahim.actor)
    assert not has_factor(lost)


def test_the_database_knows_three_persons(programme: Programme, amal: User, lost: User) -> None:
    reset = propose(programme, lost, amal)
    for same in ({"confirmed_by": amal}, {"confirmed_by": lost}, {"proposed_by": lost}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorReset.objects.filter(pk=reset.pk).update(confirmed_at=timezone.now(), **same)


@pytest.mark.django_db(transaction=True)
def test_of_confirming_and_withdrawing_at_once_one_happens() -> None:
    programme = make.make_programme()
    amal, brahim, lost = (make.make_staff(programme) for _ in range(3))
    reset = propose(programme, lost, amal)

    raised = at_once(
        lambda: services.confirm_factor_reset(reset=reset, by=brahim.actor),
        lambda: services.withdraw_factor_reset(reset=reset, by=amal.actor),
        lambda: services.confirm_factor_reset(reset=reset, by=brahim.actor),
    )

    assert [type(error) for error in raised] == [errors.ResetDecided] * 2
    reset.refresh_from_db()
    assert (reset.confirmed_at is None) == has_factor(lost)
    assert (reset.confirmed_at is None) != (reset.withdrawn_at is None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_at_once_one_is_told() -> None:
    programme = make.make_programme()
    amal, brahim, lost = (make.make_staff(programme) for _ in range(3))

    raised = at_once(
        lambda: propose(programme, lost, amal), lambda: propose(programme, lost, brahim)
    )

    assert [type(error) for error in raised] == [errors.ResetProposed]
    assert FactorReset.objects.count() == 1
