"""Regions of countries and communes of Morocco, by official code (sources: ``vendors/data``)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Region:
    """A region or governorate, by its ISO 3166-2 code."""

    code: str
    country: str
    name_ar: str
    name_fr: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in Arabic, French or English (the last for any other language)."""
        return {"ar": self.name_ar, "fr": self.name_fr}.get(language, self.name_en)


@dataclass(frozen=True)
class Province:
    """A Moroccan province or prefecture, by the code of the High Commission for Planning."""

    code: str
    region: str
    name_ar: str
    name_fr: str

    def name(self, language: str) -> str:
        """The name in Arabic, or in French for any other language."""
        return self.name_ar if language == "ar" else self.name_fr


@dataclass(frozen=True)
class Commune:
    """A Moroccan commune, by the code of the High Commission for Planning."""

    code: str
    region: str
    name_ar: str
    name_fr: str
    is_rural: bool

    def name(self, language: str) -> str:
        """The name in Arabic, or in French for any other language."""
        return self.name_ar if language == "ar" else self.name_fr


def regions(country: str) -> list[Region]:
    """A country's regions by code; empty for a country that is not listed."""
    return [region for region in _regions().values() if region.country == country]


def region(code: str) -> Region | None:
    """The region of a code, or None."""
    return _regions().get(code)


def country_of(region_code: str) -> str:
    """The country of a region: an ISO 3166-2 code begins with that of its country."""
    return region_code.partition("-")[0]


def region_name(code: str, language: str) -> str:
    """A region's name; its code when unknown."""
    found = region(code)
    return found.name(language) if found else code


def province(code: str) -> Province | None:
    """The Moroccan province of a code, or None."""
    return _provinces().get(code)


def province_name(code: str, language: str) -> str:
    """A province's name; its code when unknown."""
    found = province(code)
    return found.name(language) if found else code


def province_of(commune_code: str) -> str:
    """The code of a commune's province; empty for a commune that is not listed."""
    code = ".".join(commune_code.split(".")[:2])
    return code if code in _provinces() else ""


def provinces() -> list[Province]:
    """Morocco's provinces, in the order of the list."""
    return list(_provinces().values())


def communes(region_code: str) -> list[Commune]:
    """The communes of a Moroccan region, in the order of the list."""
    return [commune for commune in _communes().values() if commune.region == region_code]


def commune(code: str) -> Commune | None:
    """The commune of a code, or None."""
    return _communes().get(code)


@cache
def _regions() -> dict[str, Region]:
    return {row["code"]: Region(**row) for row in _rows("regions")}


@cache
def _provinces() -> dict[str, Province]:
    return {row["code"]: Province(**row) for row in _rows("ma_provinces")}


@cache
def _communes() -> dict[str, Commune]:
    return {
        row["code"]: Commune(
            row["code"], row["region"], row["name_ar"], row["name_fr"], row["is_rural"] == "1"
        )
        for row in _rows("ma_communes")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
