"""A role in some regions shows and changes nothing of another region, sums and counts included.

Three walks, each over every address of the staff as the project declares them:

- No page shows a word or an id of the other region's rows, whatever it is asked for.
- The other region grows: more cooperatives, sales, refunds, delays. Every page stays as it was, to
  the byte, and so do the answers of the API: no sum, count or list of choices takes it in.
- Forms that name the other region's objects, in the address or in what is sent, change none of its
  rows, in no table.

An address that takes a form and is not classified in ``FORMS`` or ``WITHOUT_OBJECTS`` fails.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from difflib import unified_diff
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from marketplace.core.worker import work_off
from marketplace.web.staff.lists.registry import LISTS
from tests.factories.vendors import make_staff
from tests.rules.access_addresses import OWNED_BY_PROGRAMME, Place, address, places
from tests.rules.access_questions import STAFF_ONLY, Asked, Door, doors, question
from tests.rules.access_regions import HERE, THERE, fingerprint, grow, marks
from tests.rules.access_walk import signed_in, try_door, undone, world
from tests.rules.access_world import AccessWorld
from tests.turns import is_todays
from vendors.models import StaffRole, User
from vendors.permissions import STAFF_PERMISSIONS, WHOLE_PROGRAMME, StaffPermission
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db

__all__ = ["world"]

DENIED, ABSENT, NOT_SO = 403, 404, 405
# A list whose filters name the other region, which is no choice there.
UNREADABLE = 422
# Together they carry everything that can be divided by region; an adviser's role only reads one
# cooperative, and answers buyers for it. What is closed to a role in some regions is tried for
# every role.
ROLES = (StaffRole.REGIONAL.value, StaffRole.FINANCE_PREPARER.value)
# What a page has anew each time it is shown.
FRESH = re.compile(
    rb'(?:csrfmiddlewaretoken|form_mark)" value="[^"]*"|"X-CSRFToken": "\w+"|nonce="[^"]*"'
)
# Written of the hour: a file that says when it was made.
FILES_OF_THE_HOUR = {
    "staff:cooperative-statement-pdf", "staff:cooperative-statement-xlsx", "staff:commission-pdf",
    "staff:order-document",
}  # fmt: skip


@pytest.fixture(params=ROLES)
def person(request: pytest.FixtureRequest, world: AccessWorld) -> tuple[str, User]:
    """Somebody with a role in one region only."""
    role: str = request.param
    return role, make_staff(world.shop.programme, role, regions=(HERE,))


def staff_places() -> list[Place]:
    """Those of a permission; what somebody asked for, nobody else finds (``test_access``)."""
    return [place for place in places() if place.audience == "staff" and place.reach != "own"]


def may(role: str, place: Place) -> bool:
    """Whether a role in some regions opens a page."""
    carried = STAFF_PERMISSIONS[role] - WHOLE_PROGRAMME
    return place.permission in carried and place.reach == "regions"


def own(place: Place, world: AccessWorld) -> str:
    return address(
        place, world, world.shop.weavers,
        cooperative=world.shop.weavers.slug, programme=world.shop.programme.slug,
    )  # fmt: skip


def other(place: Place, world: AccessWorld) -> str:
    return address(
        place, world, world.shop.growers,
        cooperative=world.shop.growers.slug, programme=world.shop.programme.slug,
    )  # fmt: skip


def queries(world: AccessWorld) -> list[str]:
    """What the addresses' own questions may be filled with, to reach the other region."""
    there = world.shop.growers
    return [
        "",
        f"?region={THERE}&status=&sector=&by=region",
        f"?cooperative={there.slug}&only=negative&period=3&by=kind",
        f"?q={world.theirs.number}&text={there.slug}&state=open",
        "?page=2&waiting=account&state=placed&by=sector",
    ]


def asked_today(place: Place, world: AccessWorld, *, all_ways: bool) -> list[str]:
    """A page as it is, and in half of the other ways, the other half another day."""
    plain, *others = queries(world)
    return [
        plain,
        *(
            query
            for at, query in enumerate(others)
            if all_ways or is_todays(f"{place.name} {at}", 2)
        ),
    ]


# A query's own words come back in the form's fields.
ECHOED = re.compile(rb'value="[^"]*"')


def content(client: Client, path: str) -> tuple[int, bytes]:
    with undone():
        response = client.get(path)
        body = response.getvalue() if response.streaming else response.content
        where = response.get("Location", "").encode()
    return response.status_code, FRESH.sub(b"", body) + where


def everything(
    world: AccessWorld, role: str, client: Client, only: frozenset[str] = frozenset()
) -> Iterator[tuple[Place, str, int, bytes]]:
    """Every page that a role in some regions opens, or some of them, asked in every way."""
    for place in staff_places():
        if may(role, place) and (not only or place.name in only):
            path = own(place, world)
            for query in asked_today(place, world, all_ways=bool(only)):
                status, body = content(client, path + query)
                yield place, query, status, body


def test_the_two_roles_carry_all_that_can_be_divided() -> None:
    carried = set().union(*(STAFF_PERMISSIONS[role] for role in ROLES))
    of_an_adviser = {
        StaffPermission.CONVERSATION_ANSWER,
        StaffPermission.COOPERATIVE_ACT,
        StaffPermission.REVIEW_ANSWER,
    }
    assert set(StaffPermission.values) - WHOLE_PROGRAMME - of_an_adviser <= carried


@pytest.mark.parametrize("role", sorted(set(StaffRole.values) - {StaffRole.ADVISER}))
def test_what_is_the_whole_programmes_or_the_shops_is_closed(world: AccessWorld, role: str) -> None:
    client = signed_in(make_staff(world.shop.programme, role, regions=(HERE,)))
    closed = {place.name: own(place, world) for place in staff_places() if not may(role, place)}
    found = {name: try_door(client, "get", path) for name, path in closed.items()}
    found |= {f"POST {name}": try_door(client, "post", path) for name, path in closed.items()}
    assert len(closed) > 40
    assert {name: outcome for name, outcome in found.items() if outcome != (DENIED, set())} == {}


def test_no_page_shows_a_word_of_another_region(
    world: AccessWorld, person: tuple[str, User]
) -> None:
    role, user = person
    client = signed_in(user)
    telling = marks(world)
    faults, opened = [], set()
    for place, query, status, body in everything(world, role, client):
        assert status in {200, 302, NOT_SO, UNREADABLE}, (place.name, query, status)
        opened.add((place.name, status))
        shown = ECHOED.sub(b"", body).decode("utf-8", "replace")
        # What the address itself names comes back in links to other languages.
        faults += [
            f"{place.name}{query}: {word}"
            for word in telling
            if word in shown and word not in query
        ]
    assert faults == []
    assert len([name for name, status in opened if status == 200]) > 5


def test_the_walk_notices_a_page_that_forgets_its_scope(
    world: AccessWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Take the one filter by region away by hand: neither walk may stay green."""

    def of_the_programme(scope: ProgrammeScope, path: str) -> Q:
        return Q(**{f"{path}__programme_id" if path else "programme_id": scope.programme_id})

    monkeypatch.setattr(ProgrammeScope, "condition", of_the_programme)
    client = signed_in(make_staff(world.shop.programme, "regional", regions=(HERE,)))
    telling = {world.theirs.number, str(world.theirs.pk), world.shop.growers.legal_name}
    lists = frozenset({"staff:orders", "staff:cooperatives"})
    found = {
        place.name
        for place, _query, _status, body in everything(world, "regional", client, lists)
        if any(word in body.decode("utf-8", "replace") for word in telling)
    }
    assert found == lists


def test_nothing_that_happens_in_another_region_changes_a_page(world: AccessWorld) -> None:
    role = StaffRole.REGIONAL.value
    user = make_staff(world.shop.programme, role, regions=(HERE,))
    for place in staff_places():
        own(place, world)  # makes what an address is filled with, before anything is compared
    with time_machine.travel(datetime.now(tz=ZoneInfo("UTC")) + timedelta(minutes=5), tick=False):
        client = signed_in(user)
        # What waits to be counted is told to everybody, whosever it is.
        work_off()
        before = pages_and_answers(world, role, client)
        assert len(before) > 50
        grow(world)
        work_off()
        after = pages_and_answers(world, role, client)
    changed = {
        name: difference(before[name], after[name])
        for name in before
        if before[name] != after[name]
    }
    assert changed == {}, changed


def difference(before: bytes, after: bytes) -> str:
    """What a page shows anew, for whoever reads why this failed."""
    lines = unified_diff(
        before.decode("utf-8", "replace").split("\n"),
        after.decode("utf-8", "replace").split("\n"),
        n=0,
    )
    return "\n".join(line[:300] for line in list(lines)[:8])


def pages_and_answers(world: AccessWorld, role: str, client: Client) -> dict[str, bytes]:
    found = {
        f"{place.name}{query}": body
        for place, query, _status, body in everything(world, role, client)
        if place.name not in FILES_OF_THE_HOUR
    }
    asked = Asked(world, world.shop.weavers, world.shop.weavers, world.shop.programme)
    for door in staff_doors():
        answer = client.post(
            reverse("api:graphql"), {"query": question(door, asked)}, "application/json"
        )
        found[door.name] = answer.content
    return found


def staff_doors() -> list[Door]:
    return [door for door in doors() if door.name in STAFF_ONLY]


def test_another_regions_objects_are_not_found(
    world: AccessWorld, person: tuple[str, User]
) -> None:
    """Whatever names an object of the other region in the address is absent, and writes nothing."""
    role, user = person
    client = signed_in(user)
    named = [p for p in staff_places() if OWNED_BY_PROGRAMME & set(p.parameters) and may(role, p)]
    faults = []
    for place in named:
        for method in ("get", "post"):
            status, written = try_door(client, method, other(place, world))
            if status not in {ABSENT, NOT_SO} or written:
                faults.append(f"{method} {place.name}: {status} {written}")
    assert faults == []
    assert named or role == "observer"


Filled = Callable[[AccessWorld], dict[str, Any]]

# Forms that name an object in what is sent: filled with the other region's, at an address of one's
# own, they must change nothing there.
FORMS: dict[str, Filled] = {
    "staff:cooperative-register": lambda _world: {
        "legal_name": "تعاونية أخرى", "legal_name_latin": "COOPERATIVE AUTRE", "slug": "autre",
        "kind": "women", "sector": "argan", "region_code": THERE, "place_name": "Tata",
        "address_line": "Centre", "member_count": "12", "women_count": "12",
    },
    "staff:cooperative-invite": lambda _world: {
        "legal_name": "تعاونية ثالثة", "region_code": THERE, "name": "Zahra",
        "email": "zahra@example.org", "language": "ar",
    },
    "staff:visit-log": lambda _world: {
        "visited_on": "2026-01-05", "kind": "call", "done": "Prices",
    },
    "staff:visit-correct": lambda _world: {
        "visited_on": "2026-01-05", "kind": "call", "done": "Other prices",
    },
    "staff:cooperative-invite-sheet": lambda _world: {
        "file": SimpleUploadedFile(
            "sheet.csv", f"name,region,contact,email\nX,{THERE},Zahra,z@example.org\n".encode()
        ),
    },
    "staff:refund-order": lambda world: {
        **{f"line-{line.pk}": "1" for line in world.theirs.lines.all()},
        "include_shipping": "on", "reason": "torn", "confirmed": "on", "seen": "",
    },
    "staff:payout-holds": lambda world: {
        "cooperative": world.shop.growers.slug, "reason": "inquiry",
    },
    "staff:payout-routes": lambda world: {
        "cooperative": world.shop.growers.slug, "provider": "manual", "account": "",
    },
    "staff:order-cancel": lambda _world: {"reason": "torn", "confirmed": "on", "restock": "on"},
    "staff:cooperative-member": lambda _world: {
        "name": "Somebody", "email": "somebody@example.org", "role": "manager",
    },
}  # fmt: skip
# Their address names the one object that they change.
WITHOUT_OBJECTS = {
    "staff:adoption-release", "staff:cooperative-publish", "staff:cooperative-pause",
    "staff:cooperative-leave", "staff:cooperative-mark", "staff:cooperative-account",
    "staff:cooperative-account-told", "staff:cooperative-identifiers", "staff:moderation-approve",
    "staff:moderation-return", "staff:order-links-withdraw", "staff:delivery-record",
    "staff:order-text-again",
    "staff:manual-refund", "staff:refund-proposal-confirm", "staff:refund-proposal-withdraw",
    "staff:cooperative-member-remove", "staff:cooperative-invitation-resend",
    "staff:cooperative-invitation-withdraw", "staff:impact-details",
    "staff:conversation-close", "staff:conversation-settle",
    "staff:review-answer", "staff:review-show", "staff:review-hide",
    "staff:complaint-decide", "staff:complaint-reopen",
    # What is sent was read and signed for the person, with their regions in the signature.
    "staff:cooperative-invite-send",
    "staff:admission-approve", "staff:admission-return", "staff:admission-refuse",
    "staff:admission-phone-link",
}  # fmt: skip
# One's own saved views and exports; `tests/web/lists` tries them for others.
WITHOUT_OBJECTS |= {
    f"staff:{name}{act}"
    for name in LISTS
    for act in ("-views", "-view-rename", "-view-delete", "-export")
}


def test_every_form_of_a_role_in_some_regions_is_classified(
    world: AccessWorld, person: tuple[str, User]
) -> None:
    role, user = person
    client = signed_in(user)
    taking = set()
    for place in staff_places():
        if may(role, place):
            with undone():
                if client.post(own(place, world)).status_code != NOT_SO:
                    taking.add(place.name)
    assert taking - set(FORMS) - WITHOUT_OBJECTS == set()
    assert not set(FORMS) & WITHOUT_OBJECTS


def test_no_form_changes_anything_in_another_region(
    world: AccessWorld, person: tuple[str, User]
) -> None:
    role, user = person
    client = signed_in(user)
    before = fingerprint(world)
    assert len(before) > 30
    faults = []
    for place in staff_places():
        if not may(role, place):
            continue
        sent = FORMS.get(place.name, lambda _world: {"reason": "x", "confirmed": "on"})(world)
        with undone():
            status = client.post(own(place, world), sent).status_code
            if fingerprint(world) != before:
                faults.append(f"{place.name}: {status}")
    assert faults == []


def test_the_walk_of_forms_notices_a_change_there(world: AccessWorld) -> None:
    before = fingerprint(world)
    there = world.shop.growers
    there.phone = "+212600000001"
    there.save(update_fields=["phone"])
    assert fingerprint(world) != before
