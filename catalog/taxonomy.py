"""The taxonomy: listing types with names in three languages and a customs tariff code."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marketplace.core.market_usage import as_said_here

DATA = Path(__file__).resolve().parent / "data" / "product_taxonomy_hs.csv"


@dataclass(frozen=True)
class ListingType:
    """A listing type. ``kind`` is food, cosmetic or craft; ``hs_code`` has six digits (HS 2022).

    ``regions`` are the codes where it is typically made: Moroccan regions (``MA-08``) or a country.
    """

    slug: str
    kind: str
    name_ar: str
    name_fr: str
    name_en: str
    hs_code: str
    regions: tuple[str, ...]

    def name(self, language: str) -> str:
        """The name in Arabic, French or English, as the market says it that is written to."""
        return as_said_here(self.written_name(language), language)

    def written_name(self, language: str) -> str:
        """The name as it is indexed, in every market the same; English for another language."""
        return {"ar": self.name_ar, "fr": self.name_fr}.get(language, self.name_en)


@cache
def listing_types() -> dict[str, ListingType]:
    """All listing types by slug, in the order of the file."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["slug"]: _good(row) for row in csv.DictReader(file)}


def find_listing_type(slug: str) -> ListingType | None:
    """The listing type of a slug, or None for a slug that is not in the taxonomy."""
    return listing_types().get(slug)


def _good(row: dict[str, str]) -> ListingType:
    places = [p for p in row["typical_ma_regions_or_country"].split("|") if p]
    return ListingType(
        slug=row["slug"],
        kind=row["kind"],
        name_ar=row["name_ar"],
        name_fr=row["name_fr"],
        name_en=row["name_en"],
        hs_code=row["hs6_2022"],
        regions=tuple(f"MA-{p}" if p.isdigit() else p for p in places),
    )
