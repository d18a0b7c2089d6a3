"""Every address of the project with usual objects in it, and somebody who may open it."""

from contextlib import suppress
from time import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from marketplace.web.accounts import sessions
from tests.rules.access_addresses import FILLINGS, Place
from tests.rules.access_walk import BUYER, MEMBERS, SHOP_ADMINISTRATOR, STAFF, persons
from tests.rules.access_world import AccessWorld
from vendors.permissions import MEMBER_PERMISSIONS, STAFF_PERMISSIONS

# What an address of which nobody said what belongs there is filled with.
UNKNOWN = ("00000000-0000-0000-0000-000000000001", "1", "x")


def who_may_enter(place: Place, clients: dict[str, Client]) -> Client:
    """Somebody in front of whom a page really does its work."""
    if place.audience not in {"portal", "staff"}:
        return clients[BUYER if place.audience == "storefront" else "manager"]
    if getattr(place, "reach", "") == "shop":
        return clients[SHOP_ADMINISTRATOR]
    if getattr(place, "reach", "") == "own":
        return clients["coordinator"]
    roles, table = (
        (MEMBERS, MEMBER_PERMISSIONS) if place.audience == "portal" else (STAFF, STAFF_PERMISSIONS)
    )
    return next(clients[name] for name, role in roles.items() if place.permission in table[role])


def usual_address(place: Place, world: AccessWorld) -> str:
    owner = world.shop.weavers
    known = {
        "cooperative": owner.slug, "programme": world.shop.programme.slug, "market": "ma",
        "token": world.token, "attempt_id": world.attempt.pk, "event": "checkout-calculate-taxes",
        "oid": "0" * 32, "category": "rug", "name": "1", "mail_id": 1, "provider": "cmi",
        "reader": "google",
        "photo_key": UNKNOWN[0], "key": "1-a", "uidb36": "1", "slug": world.listing(owner).slug,
    }  # fmt: skip
    filled: dict[str, Any] = {}
    for name in place.parameters:
        own = place.audience not in {"portal", "staff"} and name in known
        if own or name not in FILLINGS:
            filled[name] = known.get(name)
        else:
            filled[name] = FILLINGS[name](world, owner)
    if place.name.startswith("storefront:conversation"):
        filled["token"] = world.conversation_token
    if place.name.startswith("storefront:data") and "token" in filled:
        filled["token"] = world.data_token
    if place.name in {
        "storefront:cooperative",
        "storefront:ask-cooperative",
        "storefront:cooperative-picture",
    }:
        filled["slug"] = owner.slug
    for guess in UNKNOWN:
        given = {name: guess if value is None else value for name, value in filled.items()}
        with suppress(NoReverseMatch):
            return reverse(place.name, kwargs=given)
    raise NoReverseMatch(place.name)


@pytest.fixture
def all_that_there_may_be(settings: Any) -> None:
    """Pages of a demo too, and of a payment provider."""
    settings.DEMO = True
    settings.CMI_CLIENT_ID, settings.CMI_STORE_KEY = "600001234", "key"
    settings.CMI_GATEWAY_URL = "https://payment.cmi.example/"


@pytest.fixture
def clients(
    world: AccessWorld, all_that_there_may_be: None, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Client]:
    """Everybody, signed in; what is taken back after each request would note a session's use anew
    with each, so that for sessions a walk is one moment."""
    found, now = dict(persons(world)), time()
    monkeypatch.setattr(sessions, "time", SimpleNamespace(time=lambda: now))
    return found
