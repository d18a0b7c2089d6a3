"""Rows of sizes and colours, as Shopify and WooCommerce export them: left out, and said so.

Shopify writes a product's further pictures and variants below its row, with the same handle and no
name; WooCommerce gives each variation a row that names its parent.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.import_rows import NUMBERS, ImportRow
from catalog.import_texts import cell

# Of so many further rows of one product the pictures are taken.
MOST_FURTHER = 100
_VARIATION, _VARIABLE = "variation", "variable"


def has_amounts(row: dict[str, str]) -> bool:
    """Whether the row has a price, a weight or a quantity."""
    return any(cell(row, column) for column in NUMBERS)


def variant_problem(row: dict[str, str]) -> str:
    """Why the row is no product of its own: it names the one whose size or colour it is."""
    parent = cell(row, "parent")
    if not parent and _kind(row) != _VARIATION:
        return ""
    text = _("A size or colour of another product (%(parent)s). Sizes and colours are left out.")
    return text % {"parent": parent[:60] or "?"}


def variants_note(row: dict[str, str]) -> str:
    """What is left out of a product that has sizes or colours in rows of their own."""
    if _kind(row) != _VARIABLE:
        return ""
    return _("This product has sizes or colours in rows of their own, which are left out.")


def joined(rows: Iterator[ImportRow]) -> Iterator[ImportRow]:
    """The rows, with the pictures of the nameless ones below a product that have its reference."""
    group: list[ImportRow] = []
    left_out = 0
    for row in rows:
        if group and _is_further(row, group[0]):
            group[0].pictures += [name for name in row.pictures if name not in group[0].pictures]
            if row.has_amounts:
                left_out += 1
                row.problem = _further(group[0])
            if row.has_amounts and len(group) <= MOST_FURTHER:
                group.append(row)
            continue
        yield from _told(group, left_out)
        group, left_out = [row], 0
    yield from _told(group, left_out)


def _kind(row: dict[str, str]) -> str:
    return cell(row, "row_kind").casefold()


def _is_further(row: ImportRow, product: ImportRow) -> bool:
    is_nameless = bool(row.key) and not row.name
    return is_nameless and row.key == product.key and bool(product.name)


def _further(product: ImportRow) -> str:
    text = _("A size or colour of the product in row %(row)s. Sizes and colours are left out.")
    return text % {"row": product.number}


def _told(group: list[ImportRow], left_out: int) -> Iterator[ImportRow]:
    if left_out:
        note = ngettext(
            "%(count)s further size or colour of this product is left out: the listing has the "
            "price and the quantity of its own row.",
            "%(count)s further sizes or colours of this product are left out: the listing has the "
            "price and the quantity of its own row.",
            left_out,
        )
        group[0].notes.append(note % {"count": left_out})
    yield from group
