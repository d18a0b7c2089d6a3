"""What became of each row of an import."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.import_rows import ImportRow
from catalog.markets import MARKETS
from catalog.queries.usual_prices import is_far, usual_price
from marketplace.core.formats import Format
from marketplace.core.money import Money
from marketplace.core.word_lists import listed

# The usual prices that were asked for, by market and category.
UsualPrices = dict[tuple[str, str], Money | None]


@dataclass
class RowReport:
    """The outcome of a row, with its reason.

    ``imported``; ``submitted`` (it waits for review); ``draft`` (it lacks something and waits in
    the portal); ``unchanged`` (imported before); ``skipped`` (the row cannot be used); ``failed``
    (the engine refused it); ``valid`` (a dry run would import it); ``waiting`` (not reached).
    ``lacks`` names what a draft needs: price, quantity, weight.
    """

    row: int
    name: str
    outcome: str
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    slug: str = ""
    key: str = ""
    line: int = 0
    lacks: list[str] = field(default_factory=list)


@dataclass
class ImportReport:
    """The outcomes of all rows, in the file's order."""

    rows: list[RowReport] = field(default_factory=list)
    dry_run: bool = False

    def count(self, outcome: str) -> int:
        """The number of rows with an outcome."""
        return Counter(row.outcome for row in self.rows)[outcome]

    def tell(self, row: ImportRow, outcome: str, reason: str = "", slug: str = "") -> None:
        """Record the outcome of a row."""
        lacks = row.lacks if outcome == "draft" else []
        self.rows.append(
            RowReport(
                row.number, row.name, outcome, reason, row.notes, slug, row.key, row.line, lacks
            )
        )

    def tell_all(self, rows: Iterable[ImportRow], outcome: str) -> None:
        """Record the same outcome of several rows."""
        for row in rows:
            self.tell(row, outcome)


def lacking(names: list[str]) -> str:
    """What a draft lacks, in the reader's language."""
    labels = {"price": _("price"), "quantity": _("quantity"), "weight": _("weight")}
    return _("Kept as a draft. It lacks: %(what)s.") % {
        "what": listed(labels[name] for name in names)
    }


def note_unusual(row: ImportRow, usual: UsualPrices) -> None:
    """Note the prices of a row that are far from their category's usual ones.

    ``usual`` keeps the usual prices that were asked for, by market and category.
    """
    content = row.content
    if content is None:
        return
    for market in MARKETS:
        minor = content.prices.get(market.channel_slug)
        if minor is None:
            continue
        key = (market.code, content.category_slug)
        if key not in usual:
            usual[key] = usual_price(market, content.category_slug)
        known, price = usual[key], Money(minor, market.currency)
        if known and is_far(price, known):
            show = Format(get_language() or "ar").money
            text = _("The price %(price)s is far from usual ones here, about %(usual)s: check it.")
            told = {"price": show(minor, market.currency)}
            told["usual"] = show(known.amount_minor, known.currency)
            row.notes.append(text % told)
