"""Quality marks that cooperatives of the demo hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from catalog.taxonomy import find_listing_type
from marketplace.demo.world.chance import stream
from marketplace.demo.world.words import lines_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A quality mark that a cooperative holds, for some of its type_slugs or for all (no slugs)."""

    sign: str
    name: str
    number: str
    slugs: tuple[str, ...]


@cache
def _known_marks() -> list[tuple[str, str, set[str], set[str]]]:
    found = []
    for line in lines_of("marks.txt"):
        sign, name, slugs, regions = (part.strip() for part in line.split(" | "))
        found.append((sign, name, set(slugs.split()), set(regions.split())))
    return found


def marks_of(slug: str, type_slugs: tuple[str, ...], region: str) -> tuple[Mark, ...]:
    """The marks that a cooperative of the demo holds; the same at every call."""
    chance = stream("marks", slug)
    held = [
        Mark(
            sign,
            name,
            _certificate(chance.randrange(10_000)),
            tuple(sorted(slugs & set(type_slugs))),
        )
        for sign, name, slugs, regions in _known_marks()
        if slugs & set(type_slugs) and region in regions and chance.random() < 0.8
    ]
    return (*held, *_general_marks(chance, type_slugs))


def _general_marks(chance: Random, type_slugs: tuple[str, ...]) -> Iterator[Mark]:
    """Marks that are not bound to a region."""
    known = [kind for slug in type_slugs if (kind := find_listing_type(slug))]
    edible = tuple(kind.slug for kind in known if kind.kind != "craft")
    crafted = tuple(kind.slug for kind in known if kind.kind == "craft")
    if edible and chance.random() < 0.2:
        number = _certificate(chance.randrange(10_000))
        yield Mark("organic", "Agriculture biologique", number, edible)
    if crafted and chance.random() < 0.35:
        number = _certificate(chance.randrange(10_000))
        yield Mark("label", "Label national de l'artisanat", number, crafted)
    if chance.random() < 0.12:
        number = _certificate(chance.randrange(10_000))
        yield Mark("fair-trade", "Commerce équitable", number, ())


def _certificate(number: int) -> str:
    return f"DEMO-{number:04d}"


def certified_from(day: date) -> date:
    """The first day on which a certificate of the demo is valid: 1 January of the year before."""
    return date(day.year - 1, 1, 1)
