"""Texts in three languages, and place names inside a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
VOWELS = "aeiouyâàéèêëîïôöùûüœæhAEIOUYÂÀÉÈÊËÎÏÔÖÙÛÜŒÆH"
UNITS_AR = {"ml": "مل", "L": "لتر", "kg": "كغ", "g": "غ", "cm": "سم", "m²": "م²"}


@dataclass(frozen=True, slots=True)
class Words:
    """The same in French, Arabic and English."""

    fr: str
    ar: str
    en: str

    @classmethod
    def read(cls, text: str) -> "Words":
        """From ``French | Arabic | English``."""
        fr, ar, en = (part.strip() for part in text.split(" | "))
        return cls(fr, ar, en)

    def __getitem__(self, language: str) -> str:
        found: str = getattr(self, language)
        return found

    def fill(self, **values: "Words | str | int") -> "Words":
        """Each placeholder replaced by the value's text in the same language."""

        def said(language: str) -> str:
            known = {
                key: value[language] if isinstance(value, Words) else value
                for key, value in values.items()
            }
            return self[language].format(**known)

        return Words(said("fr"), said("ar"), said("en"))

    def as_dict(self) -> dict[str, str]:
        """By language code."""
        return {"ar": self.ar, "fr": self.fr, "en": self.en}


def from_place(place: Words) -> Words:
    """``de Tafraout``, ``d'Asni``; ``من أسني``; ``from Asni``."""
    french = f"d'{place.fr}" if place.fr[0] in VOWELS else f"de {place.fr}"
    return Words(french, f"من {place.ar}", f"from {place.en}")


def measured(size: str) -> Words:
    """A size in each language: ``250 ml``, ``250 مل``."""
    arabic = " ".join(UNITS_AR.get(part, part) for part in size.split(" "))
    return Words(size, arabic, size)


def lines_of(name: str) -> Iterator[str]:
    """The lines of a data file, without comments and empty ones."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line
