"""The file in which a store's owner assigns products: written by ``twiza adopt list``, read back.

A spreadsheet may save it with commas, semicolons or tabs. ``cooperative`` is the slug of the
cooperative that gets the product (empty: it stays the store's own), ``category_slug`` its category.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.adoption.store import StoreProduct
from catalog.errors import UnreadableFile
from marketplace.core import csv_table
from marketplace.core.files import whole_file
from marketplace.core.spreadsheets import csv_writer, safe_cell
from marketplace.core.word_lists import listed

COLUMNS = (
    *("id", "slug", "sku", "name", "type", "category", "collections", "attributes"),
    *("stock", "price", "cooperative", "category_slug"),
)
_NAMES = ("id", "slug", "sku")
MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Row:
    """A row of the file: a product and its assignment. ``line`` counts from 1."""

    line: int
    gid: str
    slug: str
    sku: str
    cooperative: str
    category: str


def write_table(products: Iterable[tuple[StoreProduct, str, str]], path: Path) -> int:
    """Write products with the proposed cooperative and category; returns how many."""
    count = 0
    with whole_file(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv_writer(file)
        table.writerow(COLUMNS)
        for product, cooperative, category in products:
            said = [f"{slug}={values[0]}" for slug, values in sorted(product.attributes.items())]
            prices = [f"{channel} {price}" for channel, price in sorted(product.prices.items())]
            texts = [product.gid, product.slug, " ".join(product.skus), product.name]
            texts += [product.type_slug, product.category_slug, " ".join(product.collections)]
            texts += ["; ".join(said), str(product.stock), "; ".join(prices), cooperative, category]
            table.writerow([safe_cell(text) for text in texts])
            count += 1
    return count


def read_table(content: bytes) -> list[Row]:
    """Read the file back; raises UnreadableFile, with the line, for another file."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile({"file": _("The file is too large.")})
    try:
        table = csv_table.read_table(content, COLUMNS)
        columns = table.columns
        if "cooperative" not in columns or not set(_NAMES) & set(columns):
            words = _(
                "The table needs the column cooperative, and one of id, slug or sku. Found: "
                "%(columns)s."
            )
            raise UnreadableFile({"file": words % {"columns": listed(columns)[:200]}})
        return [_row(line, cells) for line, cells in table.rows]
    except csv_table.CsvUnreadable as error:
        raise UnreadableFile({"file": str(error)}) from error


def _row(number: int, cells: dict[str, str]) -> Row:
    def cell(name: str) -> str:
        return cells.get(name, "").strip().removeprefix("'")

    return Row(
        number, cell("id"), cell("slug"), cell("sku"), cell("cooperative"), cell("category_slug")
    )
