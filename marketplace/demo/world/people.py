"""Invented persons: members, staff, buyers."""

from dataclasses import dataclass
from functools import cache
from random import Random

from marketplace.demo.world.words import lines_of


@dataclass(frozen=True, slots=True)
class Person:
    """A name in Latin and in Arabic letters."""

    latin: str
    arabic: str


@cache
def _names() -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {"w": [], "m": [], "f": []}
    for line in lines_of("people.txt"):
        latin, arabic = (part.strip() for part in line[2:].split(" | "))
        found[line[0]].append(Person(latin, arabic))
    return found


def somebody(chance: Random, *, woman: bool) -> Person:
    """A person with a first and a family name."""
    first = chance.choice(_names()["w" if woman else "m"])
    family = chance.choice(_names()["f"])
    return Person(f"{first.latin} {family.latin}", f"{first.arabic} {family.arabic}")
