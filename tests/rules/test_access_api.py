"""Everybody asks for every field of the API: nobody is told what is not theirs.

The questions are made from the schema, so that a new field is in this walk on the day it is
written; what each person may read is the policy's word on the permission of the door before it.
"""

import json
from typing import Any

import pytest
from django.db import connections
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphql import GraphQLObjectType, get_named_type

from marketplace.web.api import schema
from tests.rules.access_questions import (
    MEMBERS_ONLY,
    OF_ONE_OBJECT,
    PUBLIC,
    STAFF_ONLY,
    Asked,
    Door,
    answered,
    doors,
    query_type,
    question,
)
from tests.rules.access_walk import (
    ACTING,
    INNOCENT,
    MEMBERS,
    STAFF,
    VISITORS,
    WRITES,
    persons,
    signed_in,
    world,
)
from tests.rules.access_world import AccessWorld
from vendors.models import Cooperative, Programme
from vendors.permissions import ACTING_PERMISSIONS, MEMBER_PERMISSIONS, STAFF_PERMISSIONS
from vendors.scoping import CooperativeScope, ProgrammeScope

__all__ = ["world"]

pytestmark = pytest.mark.django_db


def ask(client: Client, document: str) -> tuple[Any, list[str], set[str]]:
    """Data, codes of errors, and the tables that the question wrote."""
    with CaptureQueriesContext(connections["default"]) as ours:
        response = client.post(
            "/api/graphql/", {"query": document}, content_type="application/json"
        )
    found = response.json()
    codes = [error["extensions"]["code"] for error in found.get("errors", [])]
    written = {m[2] for query in ours if (m := WRITES.match(query["sql"]))}
    return found.get("data"), codes, written - INNOCENT


def asked(
    world: AccessWorld,
    *,
    owner: Cooperative | None = None,
    programme: Programme | None = None,
) -> Asked:
    """A question in the name of the weavers, about their own things unless said otherwise."""
    weavers = world.shop.weavers
    return Asked(world, owner or weavers, weavers, programme or world.shop.programme)


def expected(door: Door, person: str) -> str:
    """The code of the refusal that a person must get at a door; empty where they may enter."""
    if door.name in PUBLIC:
        return ""
    if person in VISITORS:
        return "UNAUTHENTICATED"
    members = door.name in MEMBERS_ONLY
    roles = MEMBERS if members else STAFF
    if person not in roles and not (members and person == ACTING):
        return "NOT_FOUND"
    if person == "regional, other region" and door.name in OF_ONE_OBJECT:
        return "NOT_FOUND"
    table = MEMBER_PERMISSIONS if members else STAFF_PERMISSIONS
    asked_for = MEMBERS_ONLY if members else STAFF_ONLY
    on_the_way = [".".join(door.name.split(".")[:n]) for n in range(1, door.name.count(".") + 2)]
    needed = {asked_for[name] for name in on_the_way if name in asked_for}
    carried = ACTING_PERMISSIONS if members and person == ACTING else table[roles[person]]
    return "" if needed <= carried else "FORBIDDEN"


def secrets(world: AccessWorld) -> list[str]:
    """What may stand in nobody's answer but in those that the policy allows."""
    return [
        *(str(row.pk) for row in (world.mine, world.theirs)),
        *(row.number for row in (world.mine, world.theirs)),
        *BUYERS,
    ]


BUYERS = ["Salma Bennani", "12 rue des Orangers", "+212661223344", "salma@example.org"]


def walk(world: AccessWorld) -> list[str]:
    """What went wrong when everybody went through every door."""
    faults = []
    for name, client in persons(world):
        for door in doors():
            data, codes, written = ask(client, question(door, asked(world)))
            wanted = expected(door, name)
            if codes != ([wanted] if wanted else []) or written:
                faults.append(f"{name}: {door.name}: {codes}, not {wanted or 'allowed'} {written}")
            text = json.dumps(data, ensure_ascii=False)
            told = [secret for secret in secrets(world) if secret in text]
            if (wanted or door.name in PUBLIC) and told:
                faults.append(f"{name}: {door.name}: tells {told}")
            if door.name not in OF_ONE_OBJECT and any(words in text for words in BUYERS):
                faults.append(f"{name}: {door.name}: names the buyer")
            if not wanted and data and None in answered(door, data):
                faults.append(f"{name}: {door.name}: nothing, though allowed")
    return faults


def crossed(world: AccessWorld) -> list[str]:
    """What was told of others to those who may enter, when they put others' objects in."""
    growers, second = world.shop.growers, world.second
    manager = signed_in(world.people["manager"])
    coordinator = signed_in(world.people["second programme's coordinator"])
    other_region = signed_in(world.people["regional, other region"])
    tries = [
        (manager, asked(world, owner=growers), set(MEMBERS_ONLY), [world.theirs]),
        (coordinator, asked(world, programme=second), set(STAFF_ONLY), [world.mine, world.theirs]),
        (other_region, asked(world), set(STAFF_ONLY), [world.mine, world.theirs]),
    ]
    faults = []
    for client, sample, names, foreign in tries:
        for door in doors():
            if door.name not in names:
                continue
            data, codes, _written = ask(client, question(door, sample))
            text = json.dumps(data)
            if door.name in OF_ONE_OBJECT and codes != ["NOT_FOUND"]:
                faults.append(f"{door.name} with another's object: {codes}")
            others = [value for row in foreign for value in (str(row.pk), row.number)]
            others += [row.cooperative.slug for row in foreign]
            if any(f'"{value}"' in text for value in others):
                faults.append(f"{door.name} tells of others")
    return faults


def test_every_door_says_whose_it_is() -> None:
    named = [door.name for door in doors()]
    assert sorted(named) == sorted({*PUBLIC, *MEMBERS_ONLY, *STAFF_ONLY})
    assert len(named) == len(set(named))


def test_every_field_of_the_schema_is_asked_for(world: AccessWorld) -> None:
    every = {
        (kind.name, name)
        for kind in schema.build_schema().graphql_schema.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name in kind.fields
    }
    seen: set[tuple[str, str]] = set()

    def collect(kind: GraphQLObjectType) -> None:
        for name, field in kind.fields.items():
            seen.add((kind.name, name))
            inner = get_named_type(field.type)
            if isinstance(inner, GraphQLObjectType):
                collect(inner)

    collect(query_type())
    assert seen == every
    asked_for = " ".join(question(door, asked(world)) for door in doors()).split()
    assert {name for _kind, name in every} <= {word.partition("(")[0] for word in asked_for}


def test_nobody_reads_what_they_may_not(world: AccessWorld) -> None:
    assert walk(world) == []


def test_nobody_reads_another_groups_things(world: AccessWorld) -> None:
    assert crossed(world) == []


def test_only_the_single_order_names_its_buyer(world: AccessWorld) -> None:
    (door,) = [door for door in doors() if door.name == "vendorOrder"]
    client = signed_in(world.people["seller"])
    data, _codes, _written = ask(client, question(door, asked(world)))
    recipient = data["vendorOrder"]["deliverTo"]
    assert recipient["name"] == "Salma Bennani"
    assert recipient["phone"] == "+212661223344"
    assert "salma@example.org" not in json.dumps(data)


@pytest.mark.parametrize("scope", [CooperativeScope, ProgrammeScope])
def test_the_walk_notices_a_removed_filter(
    scope: type, world: AccessWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Take the one filter away by hand: the walk must not stay green."""
    monkeypatch.setattr(scope, "condition", lambda _self, _path: Q())
    found = crossed(world)
    assert any("another's object" in fault for fault in found)
    assert any("tells of others" in fault for fault in found)
