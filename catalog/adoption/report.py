"""The report of an adoption: one line for each product, for a spreadsheet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from catalog.adoption.planning import Decision
from marketplace.core.files import whole_file
from marketplace.core.spreadsheets import csv_writer, safe_cell

COLUMNS = (
    *("slug", "sku", "name", "outcome", "cooperative", "category", "units", "reason", "notes"),
    *("line", "id"),
)


def counts(decisions: Iterable[Decision]) -> dict[str, int]:
    """The number of products by outcome."""
    return dict(sorted(Counter(made.outcome for made in decisions).items()))


def write_report(decisions: Sequence[Decision], path: Path) -> None:
    """Write the report in UTF-8 with a byte order mark (Excel needs it for Arabic), atomically."""
    with whole_file(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv_writer(file)
        table.writerow(COLUMNS)
        for made in decisions:
            texts = [made.slug, " ".join(made.skus), made.name, made.outcome, made.cooperative]
            texts += [made.category, str(made.units), made.reason, " ".join(made.notes)]
            texts += [str(made.line or ""), made.gid]
            table.writerow([safe_cell(text) for text in texts])
