"""Sizes and colours, as Shopify and WooCommerce export them: variants of one product.

Shopify writes a product's further pictures and variants below its row, with the same handle and no
name. WooCommerce gives each variation a row that names its parent, which stands anywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.content import LONGEST_VARIANT_NAME, MOST_VARIANTS, VariantContent
from catalog.import_rows import (
    NUMBERS,
    Defaults,
    ImportRow,
    Numbers,
    Variation,
    numbers_of,
    problem_of,
)
from catalog.import_texts import cell
from catalog.import_values import UnreadableValue

# Of so many further rows of one product the pictures and variants are taken.
MOST_FURTHER = 100
OPTIONS = ("option_1", "option_2", "option_3")
_VARIATION, _VARIABLE = "variation", "variable"
# What Shopify calls the one variant of a product without any.
_NONE = "default title"


@dataclass
class Families:
    """WooCommerce's products with variations: rows by their references, and what each is to get."""

    rows: dict[str, int] = field(default_factory=dict)
    variations: dict[int, list[Variation]] = field(default_factory=dict)
    pictures: dict[int, list[str]] = field(default_factory=dict)


def has_amounts(row: dict[str, str]) -> bool:
    """Whether the row has a price, a weight or a quantity."""
    return any(cell(row, column) for column in NUMBERS)


def is_variation(row: dict[str, str]) -> bool:
    """Whether the row is a size or colour of the product that it names."""
    return bool(cell(row, "parent")) or _kind(row) == _VARIATION


def is_variable(row: dict[str, str]) -> bool:
    """Whether the row is a product whose sizes or colours are in rows of their own."""
    return _kind(row) == _VARIABLE


def option_name(row: dict[str, str]) -> str:
    """The name of a size or colour by its options: “Red / L”."""
    values = [cell(row, column) for column in OPTIONS]
    return " / ".join(value for value in values if value and value.casefold() != _NONE)


def variation_of(number: int, row: dict[str, str], defaults: Defaults) -> Variation:
    """A row as a size or colour; without options its name is what follows its product's."""
    name = option_name(row) or cell(row, "name").rpartition(" - ")[2]
    try:
        numbers = numbers_of(row, defaults)
    except UnreadableValue as error:
        return Variation(number, name, Numbers({}, None, None), problem_of(error, defaults))
    problem = ""
    if not name:
        problem = _("A size or colour without a name.")
    elif len(name) > LONGEST_VARIANT_NAME:
        problem = _("The name of a size or colour can have at most 60 characters.")
    elif not numbers.prices:
        problem = _("A size or colour without a price.")
    return Variation(number, name, numbers, problem)


def families_of(rows: Iterable[tuple[int, dict[str, str], list[str]]], how: Defaults) -> Families:
    """What the variations of a table say, by the row of their product; rows with pictures."""
    found = Families()
    waiting: list[tuple[str, Variation, list[str]]] = []
    for number, row, pictures in rows:
        if is_variation(row):
            waiting.append((cell(row, "parent"), variation_of(number, row, how), pictures))
        elif is_variable(row):
            for reference in (cell(row, "key"), f"id:{cell(row, 'product_number')}"):
                found.rows.setdefault(reference, number)
    for reference, variation, pictures in waiting:
        if product := found.rows.get(reference):
            found.variations.setdefault(product, []).append(variation)
            found.pictures.setdefault(product, []).extend(pictures)
    return found


def place_variation(read: ImportRow, row: dict[str, str], families: Families) -> None:
    """Say where a variation's row went, or why it cannot be taken."""
    product = families.rows.get(cell(row, "parent"))
    if not product:
        text = _("A size or colour of a product that is not in the table (%(parent)s).")
        read.problem = text % {"parent": cell(row, "parent")[:60] or "?"}
        return
    all_of_it = families.variations[product]
    mine = next(each for each in all_of_it if each.row == read.number)
    _settle(read, product, mine, _usable(all_of_it))


def take_family(read: ImportRow, families: Families) -> None:
    """Give a product of WooCommerce its variations: the first of them is its first variant."""
    found = families.variations.get(read.number, [])
    good = _usable(found)
    read.pictures += [p for p in families.pictures.get(read.number, []) if p not in read.pictures]
    if read.content and good:
        first = good[0].numbers
        weight = first.weight_grams or read.content.weight_grams or None
        numbers = first._replace(weight_grams=weight)
        read.content = read.content.model_copy(update=numbers.of_content())
        read.lacks = numbers.lacks()
        _take(read, good[0].name, good[1:], len(found) - len(good))


def joined(rows: Iterator[ImportRow]) -> Iterator[ImportRow]:
    """The rows; a product takes the pictures and variants of the nameless ones below it."""
    group: list[ImportRow] = []
    for row in rows:
        if group and _is_further(row, group[0]):
            group[0].pictures += [name for name in row.pictures if name not in group[0].pictures]
            if row.has_amounts and len(group) <= MOST_FURTHER:
                group.append(row)
            continue
        yield from _family(group)
        group = [row]
    yield from _family(group)


def _family(group: list[ImportRow]) -> Iterator[ImportRow]:
    further = [row.variation for row in group[1:] if row.variation]
    if further:
        product = group[0]
        mine = Variation(product.number, product.option, Numbers({}, None, None))
        good = _usable([mine, *further])
        for row in group[1:]:
            if row.variation:
                _settle(row, product.number, row.variation, good)
        name = product.option or product.name
        _take(product, name, good[1:], len(further) + 1 - len(good))
    yield from group


def _usable(found: list[Variation]) -> list[Variation]:
    """Those that can be taken, each name once."""
    named: dict[str, Variation] = {}
    for each in found:
        if not each.problem and len(named) < MOST_VARIANTS:
            named.setdefault(each.name.casefold(), each)
    return list(named.values())


def _take(read: ImportRow, name: str, further: list[Variation], left_out: int) -> None:
    """Make the variants of a product; what a further one does not weigh, the first does."""
    content = read.content
    if content is None:
        return
    made = [
        VariantContent(
            id=uuid4(),
            name=each.name,
            prices=each.numbers.prices,
            weight_grams=each.numbers.weight_grams or content.weight_grams,
            quantity=each.numbers.quantity or 0,
        )
        for each in further
    ]
    update = {"variant_name": name[:LONGEST_VARIANT_NAME] if made else "", "further_variants": made}
    read.content = content.model_copy(update=update)
    if made:
        count = len(made) + 1
        text = ngettext("%(count)s size or colour.", "%(count)s sizes or colours.", count)
        read.notes.append(text % {"count": count})
    if any(each.numbers.quantity is None for each in further):
        read.notes.append(_("Sizes or colours without a quantity are out of stock: count them."))
    if left_out:
        text = ngettext(
            "%(count)s size or colour of this product is left out: see its row.",
            "%(count)s sizes or colours of this product are left out: see their rows.",
            left_out,
        )
        read.notes.append(text % {"count": left_out})


def _settle(read: ImportRow, product: int, variation: Variation, taken: list[Variation]) -> None:
    """The row of a variation is no listing of its own."""
    read.problem = variation.problem
    if read.problem:
        return
    if variation not in taken:
        read.problem = _("Another row has this size or colour too, or it is one of more than 50.")
        return
    text = _("A size or colour of the product in row %(row)s: see there.")
    read.part_of = text % {"row": product}


def _kind(row: dict[str, str]) -> str:
    return cell(row, "row_kind").casefold()


def _is_further(row: ImportRow, product: ImportRow) -> bool:
    is_nameless = bool(row.key) and not row.name
    return is_nameless and row.key == product.key and bool(product.name)
