"""The materials by which results are filtered, by ``data/materials.csv``.

A listing's own codes name them, and the words of a text that has no code.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from catalog import materials as catalogue
from search.language.normalizing import stems

_DATA = Path(__file__).parent.parent / "data" / "materials.csv"


@dataclass(frozen=True)
class Material:
    """A material: ``phrases`` are the stemmed phrases that name it."""

    code: str
    ar: str
    fr: str
    en: str
    phrases: tuple[tuple[str, ...], ...]

    def name(self, language: str) -> str:
        """The name in Arabic, French or English (the last for any other language)."""
        return {"ar": self.ar, "fr": self.fr}.get(language, self.en)


@cache
def materials() -> dict[str, Material]:
    """All materials by code, in the order of the file."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _material(row) for row in csv.DictReader(file)}


def materials_of(codes: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The materials to filter by of a listing's codes and of its other words."""
    known = catalogue.materials()
    found = {known[code].group for code in codes if code in known} - {""}
    found.update(*map(materials_in, texts))
    return tuple(code for code in materials() if code in found)


@lru_cache(maxsize=20_000)
def materials_in(text: str) -> tuple[str, ...]:
    """The codes of the materials that a text names."""
    words = tuple(stems(text))
    return tuple(
        material.code
        for material in materials().values()
        if any(_contains(words, phrase) for phrase in material.phrases)
    )


def _contains(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    length = len(phrase)
    return any(words[n : n + length] == phrase for n in range(len(words) - length + 1))


def _material(row: dict[str, str]) -> Material:
    phrases = (tuple(stems(phrase)) for phrase in row["words"].split("|"))
    return Material(row["code"], row["ar"], row["fr"], row["en"], tuple(p for p in phrases if p))
