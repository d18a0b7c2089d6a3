"""What a listing's picture shows, read from the listing's own facts."""

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from uuid import UUID

from marketplace.demo.world.chance import stream
from marketplace.demo.world.cooperatives import demo_cooperatives
from marketplace.demo.world.listing_types import kinds
from marketplace.demo.world.listings import Offer, offers
from marketplace.demo.world.words import Words, measured

# Grams or millilitres of a unit.
_UNITS = {"g": 1, "kg": 1000, "ml": 1, "L": 1000}
_CONTENT = re.compile(r"(?:(?P<count>\d+) × )?(?P<number>\d+) (?P<unit>g|kg|ml|L)$")
_SIDES = re.compile(r"(?P<wide>\d+) × (?P<tall>\d+) cm$")
_AFTER_THE_NAME = re.compile(r"[,،:;].*$")


@dataclass(frozen=True, slots=True)
class Facts:
    """A listing as its picture needs it.

    ``make`` numbers the varieties of a listing type; ``content`` is in grams or millilitres, ``sides``
    in centimetres, both nothing where the size says something else.
    """

    key: str
    kind: str
    make: int
    name: Words
    house: Words
    size: Words
    content: int
    count: int
    sides: tuple[int, int] | None

    def chance(self) -> Random:
        """The same numbers for the same listing."""
        return stream("picture", self.key)


def facts_of(listing_id: UUID) -> Facts | None:
    """The facts of a listing of the demo world; None for any other."""
    offer = _by_id().get(listing_id)
    return _facts(offer) if offer else None


@cache
def _by_id() -> dict[UUID, Offer]:
    return {offer.listing_id: offer for offer in offers()}


@cache
def _houses() -> dict[str, Words]:
    return {found.slug: found.name for found in demo_cooperatives()}


def _facts(offer: Offer) -> Facts:
    make, size = offer.key.split("/")[2:]
    content, sides = _CONTENT.match(size), _SIDES.match(size)
    each = int(content["number"]) * _UNITS[content["unit"]] if content else 0
    return Facts(
        key=offer.key,
        kind=offer.taxonomy_slug,
        make=int(make),
        name=_short(kinds()[offer.taxonomy_slug].makes[int(make)].title),
        house=_houses()[offer.cooperative_slug],
        size=measured(size) if size else Words("", "", ""),
        content=each,
        count=int(content["count"] or 1) if content else 1,
        sides=(int(sides["wide"]), int(sides["tall"])) if sides else None,
    )


def _short(title: Words) -> Words:
    """What stands on a label: the name alone, without its place and what follows a comma."""

    def said(text: str) -> str:
        return _AFTER_THE_NAME.sub("", text.replace(" {from}", "").replace("{from} ", "")).strip()

    return Words(said(title.fr), said(title.ar), said(title.en))
