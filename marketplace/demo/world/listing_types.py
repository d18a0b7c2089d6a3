"""Listing types of the demo: titles, sizes and prices as seen in shops."""

from dataclasses import dataclass, field
from functools import cache

from marketplace.demo.world.words import Words, lines_of

FILES = ("types_food.txt", "types_care_and_craft.txt")


@dataclass(frozen=True, slots=True)
class Size:
    """A size with its price in whole dirhams and its weight with packing in grams."""

    label: str
    dirhams: int
    grams: int


@dataclass(frozen=True, slots=True)
class Make:
    """One variety of a listing type, and its title; ``{from}`` stands for the place."""

    title: Words
    sizes: tuple[Size, ...]


@dataclass(slots=True)
class Kind:
    """A listing type of the taxonomy; ``materials`` are codes."""

    slug: str
    materials: tuple[str, ...]
    description: Words = field(default_factory=lambda: Words("", "", ""))
    makes: list[Make] = field(default_factory=list)


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by their taxonomy slug."""
    found: dict[str, Kind] = {}
    current: Kind | None = None
    for name in FILES:
        for line in lines_of(name):
            mark, text = line[0], line[2:]
            if mark == "=":
                slug, materials = (part.strip() for part in text.split(" | "))
                current = found[slug] = Kind(slug, tuple(materials.split()))
            elif current is not None and mark == ":":
                current.description = Words.read(text)
            elif current is not None and mark == "-":
                title, _, sizes = text.rpartition(" | ")
                current.makes.append(Make(Words.read(title), _sizes(sizes)))
    return found


def _sizes(text: str) -> tuple[Size, ...]:
    found = []
    for part in text.split(", "):
        label, dirhams, grams = part.rsplit(":", 2)
        found.append(Size(label.strip(), int(dirhams), int(grams)))
    return tuple(found)
