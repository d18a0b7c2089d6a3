"""Everybody tries every door of the portal and of the staff: nobody gets what is not theirs.

The addresses are read from the project, the expectation from the permission that each view names,
so that a new page is in this walk on the day it is written.
"""

import os
from zlib import crc32

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from tests.rules.access_addresses import (
    JOB_OWNERS,
    OWNED_BY_COOPERATIVE,
    OWNED_BY_PROGRAMME,
    Place,
    address,
    places,
)
from tests.rules.access_walk import (
    ACTING,
    MEMBERS,
    SHOP_ADMINISTRATOR,
    STAFF,
    VISITORS,
    persons,
    signed_in,
    try_door,
    world,
)
from tests.rules.access_world import AccessWorld
from tests.signing_in import enrol, given_code
from vendors.models import Cooperative, StaffGrant
from vendors.permissions import ACTING_PERMISSIONS, MEMBER_PERMISSIONS, STAFF_PERMISSIONS
from vendors.scoping import CooperativeScope, ProgrammeScope

pytestmark = pytest.mark.django_db

__all__ = ["world"]

LOGIN, DENIED, ABSENT, NOT_SO = 302, 403, 404, 405
BOTH = ("get", "post")
EVERY_WAY = os.environ.get("TWIZA_DOORS") == "all"
# Who may be in the portal of the cooperative that is tried, and what they may do there.
IN_PORTAL = {**MEMBERS, ACTING: ACTING}
PORTAL = {**MEMBER_PERMISSIONS, ACTING: ACTING_PERMISSIONS}
# Their role carries the permission, but not for the cooperative that the walk tries.
OUT_OF_SCOPE = {"regional, other region": "regional", "adviser of another cooperative": "adviser"}


def portal() -> list[Place]:
    return [place for place in places() if place.audience == "portal"]


def staff() -> list[Place]:
    return [place for place in places() if place.audience == "staff"]


def expected(place: Place, person: str) -> int | None:
    """The status that a person must get; None where they may enter."""
    roles, table = (IN_PORTAL, PORTAL) if place.audience == "portal" else (STAFF, STAFF_PERMISSIONS)
    if person in VISITORS:
        return LOGIN
    if place.reach == "own":
        return expected_of_own(place, person)
    if person == SHOP_ADMINISTRATOR and place.reach == "shop":
        return None
    if person not in roles:
        return ABSENT
    if person.startswith("regional") and place.reach == "programme":
        return DENIED
    return None if place.permission in table[roles[person]] else DENIED


def expected_of_own(place: Place, person: str) -> int | None:
    """What one asked for oneself: everybody of staff has a list, and nobody another's job."""
    is_staff = person in STAFF or person == SHOP_ADMINISTRATOR
    of_one = "job_id" in place.parameters
    return None if person == JOB_OWNERS[0] or (is_staff and not of_one) else ABSENT


def walk(world: AccessWorld, doors: list[Place]) -> list[str]:
    """What went wrong when everybody tried every door."""
    faults = []
    everybody = [*VISITORS, *world.people]
    addresses = [(place, own_address(place, world), tries(place, everybody)) for place in doors]
    for name, client in persons(world):
        for place, path, methods in addresses:
            wanted = expected(place, name)
            for method in methods.get(name, ()):
                status, written = try_door(client, method, path)
                # Staff are let in to tasks, and then find none of another person's.
                by_method = place.reach == "own" and wanted == ABSENT and status == NOT_SO
                if wanted and ((status != wanted and not by_method) or written):
                    faults.append(
                        f"{name}: {method} {place.name}: {status}, not {wanted} {written}"
                    )
                if not wanted and name not in OUT_OF_SCOPE and status not in {200, 302, 405}:
                    faults.append(f"{name}: {method} {place.name}: {status}, though allowed")
    return faults


def tries(place: Place, everybody: list[str]) -> dict[str, tuple[str, ...]]:
    """How each person tries a door; with ``TWIZA_DOORS=all`` everybody in both ways.

    Who may enter opens it, who may not also sends something. Of several roles that may not, one
    opens and the next one sends. Whoever has no role where the page is, is refused before the page
    is looked at, for every page alike: of them a third tries each door, others the next one.
    """
    roles = IN_PORTAL if place.audience == "portal" else STAFF
    refused = [name for name in everybody if expected(place, name)]
    by_role = [name for name in refused if name in roles]
    strangers = [name for name in refused if name not in roles and name != "anonymous"]
    turn = crc32(place.name.encode())
    ways = {name: ("get",) for name in everybody if name not in refused}
    if EVERY_WAY or len(by_role) == 1:
        ways |= dict.fromkeys(by_role, BOTH)
    ways |= dict.fromkeys(strangers if EVERY_WAY else [], BOTH)
    for at, name in enumerate(by_role + strangers[turn % 3 :: 3], turn):
        ways.setdefault(name, (BOTH[at % 2],))
    return {**ways, "anonymous": BOTH}


def own_address(place: Place, world: AccessWorld) -> str:
    return address(
        place, world, world.shop.weavers,
        cooperative=world.shop.weavers.slug, programme=world.shop.programme.slug,
    )  # fmt: skip


def crossed(world: AccessWorld, place: Place, owner: Cooperative, client: Client) -> list[str]:
    """What went wrong when somebody who may enter puts another's objects into the address."""
    path = address(
        place, world, owner,
        cooperative=world.shop.weavers.slug, programme=world.second.slug,
    )  # fmt: skip
    faults = []
    for method in ("get", "post"):
        status, written = try_door(client, method, path)
        if status not in {ABSENT, 405} or written:
            faults.append(f"{method} {place.name} with another's object: {status} {written}")
    return faults


def test_every_door_says_which_permission_it_wants() -> None:
    assert [place.name for place in [*portal(), *staff()] if place.permission is None] == []
    assert len(portal()) > 10
    assert len(staff()) > 15


def test_nobody_enters_where_they_may_not(world: AccessWorld) -> None:
    assert walk(world, [*portal(), *staff()]) == []


@pytest.mark.parametrize("name", ["manager", ACTING])
def test_a_member_never_reaches_another_cooperatives_objects(world: AccessWorld, name: str) -> None:
    doors = [
        place
        for place in portal()
        if OWNED_BY_COOPERATIVE & set(place.parameters) and place.permission in PORTAL[name]
    ]
    person = world.people[name]
    # With a code, so that pages which ask for one do not stop before they look.
    if name != ACTING:
        enrol(person)
    client = given_code(signed_in(person), person)
    faults = [f for place in doors for f in crossed(world, place, world.shop.growers, client)]
    assert faults == []


def test_an_adviser_reaches_no_page_once_the_role_has_ended(world: AccessWorld) -> None:
    person = world.people[ACTING]
    client = given_code(signed_in(person), person)
    doors = [(place, own_address(place, world)) for place in portal()]
    opened = [place for place, path in doors if try_door(client, "get", path)[0] == 200]
    assert len(opened) > 20
    grants = StaffGrant.objects.filter(user=person)
    before = list(grants.values_list("pk", "to_on"))
    grants.update(to_on=timezone.localdate())
    try:
        wrong = [place.name for place, path in doors if try_door(client, "get", path)[0] != ABSENT]
    finally:
        for pk, to_on in before:
            StaffGrant.objects.filter(pk=pk).update(to_on=to_on)
    assert wrong == []


def second_staff_doors() -> list[Place]:
    mine = STAFF_PERMISSIONS["coordinator"]
    return [
        place
        for place in staff()
        if OWNED_BY_PROGRAMME & set(place.parameters)
        and (place.permission in mine or place.reach == "own")
    ]


def test_staff_never_reach_another_programmes_objects(world: AccessWorld) -> None:
    coordinator = signed_in(world.people["second programme's coordinator"])
    faults = [
        fault
        for place in second_staff_doors()
        for fault in crossed(world, place, world.shop.weavers, coordinator)
    ]
    assert faults == []


@pytest.mark.parametrize("person", OUT_OF_SCOPE)
def test_an_adviser_sees_no_other_region_or_cooperative(world: AccessWorld, person: str) -> None:
    outsider = signed_in(world.people[person])
    doors = [
        place
        for place in staff()
        if OWNED_BY_COOPERATIVE & set(place.parameters)
        and place.permission in STAFF_PERMISSIONS[OUT_OF_SCOPE[person]]
    ]
    faults = [
        f"{place.name}: {status}"
        for place in doors
        if (status := try_door(outsider, "get", own_address(place, world))[0]) not in {ABSENT, 405}
    ]
    assert faults == []


@pytest.mark.parametrize("scope", [CooperativeScope, ProgrammeScope])
def test_the_walk_notices_a_removed_filter(
    scope: type, world: AccessWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Take the one filter away by hand: the walk must not stay green."""
    monkeypatch.setattr(scope, "condition", lambda _self, _path: Q())
    if scope is CooperativeScope:
        doors = [place for place in portal() if OWNED_BY_COOPERATIVE & set(place.parameters)]
        client, owner = signed_in(world.people["manager"]), world.shop.growers
    else:
        doors = second_staff_doors()
        client = signed_in(world.people["second programme's coordinator"])
        owner = world.shop.weavers
    assert [f for place in doors for f in crossed(world, place, owner, client)] != []
