"""The identifiers that a country's law requires of an invoice's issuer, as dated data."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import Row, holds_on, read_rules, span_of

MENTIONS_FILE = Path(__file__).parent / "data" / "legal_mentions.csv"
PAYER, SELLER = "payer", "seller"
VAT_EXEMPTION, ADDRESS = "vat_exemption", "address"


class Mention(NamedTuple):
    """One dated rule; an empty ``country`` means every country."""

    valid_from: date
    valid_to: date | None
    country: str
    kind: str
    party: str
    is_required: bool
    labels: dict[str, str]
    source: str

    def label(self, language: str) -> str:
        """Its label in the language of a document."""
        return self.labels.get(language, self.labels["en"])


def mentions_for(country: str, party: str, on: date) -> list[Mention]:
    """The identifiers of a payer or a seller that documents of a country may show on a day."""
    return [
        rule
        for rule in _rules()
        if rule.country in {"", country}
        and rule.party in {"both", party}
        and holds_on(on, rule.valid_from, rule.valid_to)
    ]


@cache
def _rules() -> tuple[Mention, ...]:
    return read_rules(MENTIONS_FILE, _mention)


def _mention(row: Row) -> Mention:
    labels = {language: row[f"label_{language}"] for language in ("ar", "fr", "en")}
    is_required = {"yes": True, "no": False}[row["required"]]
    span = span_of(row)
    return Mention(
        *span, row["country"], row["kind"], row["party"], is_required, labels, row["source"]
    )
