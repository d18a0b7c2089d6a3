"""What tests of synchronising do again and again: make commands, send them, look at the answers."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from tests.orders.world import World

NOW = timezone.now().isoformat()


def sale(world: World, quantity: int = 1, **said: Any) -> dict[str, Any]:
    """The weavers sell rugs at a fair."""
    return {
        "kind": "sale", "key": str(uuid4()), "variant": str(world.rug), "quantity": quantity,
        "unit_price_minor": 140_000, "paid_by": "cash", "place": "fair", "sold_at": NOW, **said,
    }  # fmt: skip


def counted(world: World, quantity: int, seen: int, **said: Any) -> dict[str, Any]:
    return {
        "kind": "count", "key": str(uuid4()), "variant": str(world.rug), "quantity": quantity,
        "seen": seen, "counted_at": NOW, **said,
    }  # fmt: skip


def draft(**said: Any) -> dict[str, Any]:
    return {
        "kind": "draft", "key": str(uuid4()), "language": "fr", "name": "Tapis bleu",
        "description": "Laine", "price_minor": 90_000, "weight_grams": 3000, "quantity": 2, **said,
    }  # fmt: skip


def edit(listing: str, seen: str, **said: Any) -> dict[str, Any]:
    return draft(kind="edit", listing=listing, seen=seen) | said


def path_of(world: World) -> str:
    return f"/portal/{world.weavers.slug}/offline/sync/"


def send(world: World, phone: Client, *commands: Any, person: Any = None, path: str = "") -> Any:
    """Send commands as the person's own; returns the response."""
    body = {"person": str(person or world.manager.pk), "commands": list(commands)}
    return phone.post(path or path_of(world), json.dumps(body), content_type="application/json")


def states(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["state"] for one in answer.json()["answers"]]
