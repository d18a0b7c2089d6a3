"""The role above the programmes: given by a command and two persons, carried by no programme's."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import AuditEntry
from search.ranking.rules import ranking_rule
from tests.factories import vendors as make
from tests.signing_in import enrol, given_code
from vendors import checks, services
from vendors.errors import (
    AlreadyConfirmed,
    AlreadyGranted,
    FirstOnesAppointed,
    SamePersonTwice,
    TwoPersonsNeeded,
)
from vendors.models import ShopGrant, StaffRole, User
from vendors.permissions import STAFF_PERMISSIONS, ShopPermission
from vendors.policy import staff_access
from vendors.shop_access import administers_shop, shop_access, shop_grants_in_force

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


def first_two() -> tuple[User, User]:
    one, two = make.make_user("One"), make.make_user("Two")
    enrol(one)
    enrol(two)
    services.appoint_first(users=[one, two], by=BY)
    return one, two


def test_no_role_in_a_programme_carries_what_is_the_shops() -> None:
    assert all(not set(ShopPermission.values) & found for found in STAFF_PERMISSIONS.values())
    programme = make.make_programme()
    for role in StaffRole.values:
        if role == StaffRole.ADVISER:
            continue  # of cooperatives, and it reads only
        person = make.make_staff(programme, role, regions=("MA-09",))
        for permission in ShopPermission.values:
            with pytest.raises(Forbidden):
                shop_access(person, programme.slug, permission)


def test_the_shops_role_opens_nothing_of_a_programme() -> None:
    programme, person = make.make_programme(), make.make_shop_administrator()

    access = shop_access(person, programme.slug, "search:set")

    assert (access.grants, access.by) == ((), person.actor)
    with pytest.raises(Forbidden):
        _ = access.scope
    with pytest.raises(NotFound):
        staff_access(person, programme.slug, "programme:read")


@pytest.mark.parametrize("nobody", ["anonymous", "buyer", "inactive"])
def test_strangers_find_nothing(nobody: str) -> None:
    programme = make.make_programme()
    administrator = make.make_shop_administrator()
    administrator.is_active = False
    administrator.save()
    people = {
        "anonymous": AnonymousUser(), "buyer": make.make_user(), "inactive": administrator
    }  # fmt: skip

    with pytest.raises(NotFound):
        shop_access(people[nobody], programme.slug, "search:read")


def test_the_first_are_two_and_then_the_command_is_closed() -> None:
    one, two, three = make.make_user(), make.make_user(), make.make_user()
    for too_few in ([], [one], [one, one]):
        with pytest.raises(TwoPersonsNeeded):
            services.appoint_first(users=too_few, by=BY)

    services.appoint_first(users=[one, two], by=BY)

    assert administers_shop(one)
    with pytest.raises(FirstOnesAppointed):
        services.appoint_first(users=[two, three], by=BY)
    assert not administers_shop(three)
    written = AuditEntry.objects.filter(action="shop_grant.appointed")
    assert {entry.details["user"] for entry in written} == {one.pk, two.pk}


def test_one_more_is_proposed_confirmed_by_another_and_begins_a_day_later() -> None:
    one, _two = first_two()
    new = make.make_user()
    grant = services.propose_shop_grant(user=new, by=BY)
    for wrong in (new.actor, make.make_user().actor, BY):
        with pytest.raises(SamePersonTwice):
            services.confirm_shop_grant(grant=grant, by=wrong)
    assert not administers_shop(new)

    confirmed = services.confirm_shop_grant(grant=grant, by=one.actor)

    assert not administers_shop(new)
    assert confirmed.effective_at is not None
    in_a_day = shop_grants_in_force(timezone.now() + timedelta(days=1, seconds=1))
    assert in_a_day.filter(user=new).exists()
    with pytest.raises(AlreadyConfirmed):
        services.confirm_shop_grant(grant=grant, by=one.actor)
    with pytest.raises(AlreadyGranted):
        services.propose_shop_grant(user=new, by=BY)


def test_a_proposed_person_whom_nobody_confirmed_confirms_nobody() -> None:
    first_two()
    waiting, other = make.make_user(), make.make_user()
    services.propose_shop_grant(user=waiting, by=BY)
    grant = services.propose_shop_grant(user=other, by=BY)

    with pytest.raises(SamePersonTwice):
        services.confirm_shop_grant(grant=grant, by=waiting.actor)


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("shop", *arguments, stdout=out)
    return out.getvalue()


def test_the_operators_command_says_who_ran_it() -> None:
    one, two, three = make.make_user(), make.make_user(), make.make_user()
    with pytest.raises(CommandError):
        told("appoint", one.email, two.email)
    with pytest.raises(CommandError, match="Nobody has an account"):
        told("appoint", one.email, "nobody@example.org", "--by", "Nadia")

    shown = told("appoint", one.email, two.email, "--by", "Nadia")

    assert shown.count("in office") == 2
    assert "waits for confirmation" in told("propose", three.email, "--by", "Nadia")
    with pytest.raises(CommandError):
        told("appoint", three.email, one.email, "--by", "Nadia")
    told("end", two.email, "--by", "Nadia")
    assert [each.user for each in shop_grants_in_force()] == [one]
    assert set(AuditEntry.objects.values_list("actor_name", flat=True)) == {"twiza shop, Nadia"}


def test_a_regional_adviser_does_not_set_the_rule_of_all_programmes(client: Client) -> None:
    programme = make.make_programme()
    path = reverse("staff:search-rule", kwargs={"programme": programme.slug})
    wanted = {
        "max_per_cooperative": "1", "new_cooperative_days": "1", "new_cooperative_position": "1",
    }  # fmt: skip
    before = ranking_rule(fresh=True)
    for role, regions in (("regional", ("MA-09",)), ("coordinator", ())):
        client.force_login(make.make_staff(programme, role, regions=regions))
        assert client.post(path, wanted).status_code == 403
        assert ranking_rule(fresh=True) == before

    client.force_login(make.make_shop_administrator())
    assert client.post(path, wanted).status_code == 302
    assert ranking_rule(fresh=True).max_per_cooperative == 1


def test_somebody_in_office_confirms_on_the_page(client: Client) -> None:
    programme = make.make_programme()
    one, _two = first_two()
    new = make.make_user("Zahra")
    grant = services.propose_shop_grant(user=new, by=BY)
    client.force_login(one)
    given_code(client, one, minutes_ago=60)
    page = reverse("staff:shop-people", kwargs={"programme": programme.slug})
    path = reverse(
        "staff:shop-grant-confirm", kwargs={"programme": programme.slug, "shop_grant_id": grant.pk}
    )
    assert "Zahra" in client.get(page).content.decode()
    client.post(path)
    assert not ShopGrant.objects.filter(user=new, confirmed_by__isnull=False).exists()

    given_code(client, one)
    client.post(path)

    assert ShopGrant.objects.get(user=new).confirmed_by == one


def test_after_signing_in_the_shops_pages_are_found(client: Client) -> None:
    programme = make.make_programme()
    client.force_login(make.make_shop_administrator())

    answer = client.get(reverse("account-home"))

    assert answer["Location"] == reverse("staff:searches", kwargs={"programme": programme.slug})
    shown = client.get(answer["Location"]).content.decode()
    assert reverse("staff:synonyms", kwargs={"programme": programme.slug}) in shown
    assert reverse("staff:orders", kwargs={"programme": programme.slug}) not in shown


def test_the_doctor_asks_for_two_shop_administrators() -> None:
    make.make_shop_administrator()
    assert [finding.mark for finding in checks.shop_administrators()] == ["warning"]

    make.make_shop_administrator()

    assert [finding.mark for finding in checks.shop_administrators()] == ["good"]
