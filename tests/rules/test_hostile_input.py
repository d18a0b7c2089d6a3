"""No page falls over what a stranger puts into its address or its forms."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.urls import resolve

from tests.rules.access_addresses import Place, places
from tests.rules.access_walk import world
from tests.rules.access_world import AccessWorld
from tests.rules.every_place import all_that_there_may_be, clients, usual_address, who_may_enter
from tests.rules.hostile import (
    VALUES,
    WORST,
    Tries,
    encoded,
    fillings,
    forms_of,
    in_turn,
    parameter_names,
    queries,
)
from tests.turns import fewest, is_todays

__all__ = ["all_that_there_may_be", "clients", "world"]

pytestmark = pytest.mark.django_db

SHARES = 2
AUDIENCES = ("portal", "staff", "storefront", "others")


def places_of(audience: str) -> list[Place]:
    named = set(AUDIENCES) - {"others"}
    return [
        place
        for place in places()
        if (place.audience if place.audience in named else "others") == audience
        and is_todays(place.name, SHARES)
    ]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_page_falls_over_its_parameters(
    audience: str, world: AccessWorld, clients: dict[str, Client]
) -> None:
    names, tries, shown = parameter_names(), Tries(), 0
    for place in places_of(audience):
        path, client = usual_address(place, world), who_may_enter(place, clients)
        for query in queries(resolve(path).func, names):
            answer = tries.get(client, path, query, f"{place.name}?{query[:40]}")
            shown += answer.status_code == 200
            if answer.status_code == 405:
                break
    assert tries.faults == []
    assert shown > fewest(20, SHARES)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_form_falls_over_its_fields(
    audience: str, world: AccessWorld, clients: dict[str, Client]
) -> None:
    tries, seen, names = Tries(), set[tuple[str, ...]](), parameter_names()
    for place in places_of(audience):
        path, client = usual_address(place, world), who_may_enter(place, clients)
        answer = tries.get(client, path, "", place.name)
        if answer.status_code == 405:  # what another page's form sends here, and more
            for query in queries(resolve(path).func, names):
                tries.post(client, path, query, f"{place.name} {query[:40]}")
        html = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.streaming or not html or answer.status_code != 200:
            continue
        for form in forms_of(path, answer.content.decode()):
            key = (place.name, *sorted(form.fields)) if form.action == path else (form.action,)
            if key in seen:
                continue
            seen.add(key)
            for number, filled in enumerate(fillings(form)):
                what = {name: value[:20] for name, value in filled.items()}
                tries.post(client, form.action, encoded(filled), f"{form.action} {number} {what}")
    assert tries.faults == []
    assert len(seen) > fewest(3, SHARES)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_address_falls_over_its_parts(
    audience: str, world: AccessWorld, clients: dict[str, Client]
) -> None:
    """Each part of each address, where a slug, a number, a date or a key stands."""
    tries = Tries()
    for place in places_of(audience):
        path, client = usual_address(place, world), who_may_enter(place, clients)
        parts = path.split("/")
        for at, part in enumerate(parts):
            if at == 0 or not part or not place.parameters:
                continue
            for value in in_turn(f"{place.name} {at}", (*WORST[:3], VALUES[at % len(VALUES)])):
                said = quote_from_bytes(value, safe="")
                hostile = "/".join([*parts[:at], said, *parts[at + 1 :]])
                tries.get(client, hostile, "", f"{place.name} {hostile[:80]}")
    assert tries.faults == []
    assert tries.count > fewest(len(VALUES), SHARES)
