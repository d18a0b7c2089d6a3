"""What became of each row of an import."""

from collections import Counter
from collections.abc import Callable, Iterable
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
# What a page shows of the rows that need a look; the list of all rows has them all.
ROWS_LOOKED_AT = 100


@dataclass
class RowReport:
    """The outcome of a row, with its reason.

    ``imported``; ``submitted`` (it waits for review); ``draft`` (it lacks something and waits in
    the portal); ``unchanged`` (imported before); ``skipped`` (the row cannot be used); ``failed``
    (the engine refused it); ``valid`` (a dry run would import it); ``waiting`` (not reached);
    ``joined`` (a size or colour that went into its product's listing).
    ``lacks`` names what a draft needs: price, quantity, weight, picture.
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
    """The outcomes of the rows, in the file's order once they are settled.

    With a ``sink`` the rows go there and are not kept, but for the first of those to look at; how
    many more there are is ``more``. ``counts`` has the rows by outcome, ``pictures`` those found,
    at addresses, missing, taken and failed.
    """

    rows: list[RowReport] = field(default_factory=list)
    dry_run: bool = False
    sink: Callable[[RowReport], object] | None = None
    counts: Counter[str] = field(default_factory=Counter)
    pictures: Counter[str] = field(default_factory=Counter)
    looked: list[RowReport] = field(default_factory=list)
    more: int = 0

    @property
    def told(self) -> int:
        """The number of rows whose outcome is known."""
        return self.counts.total()

    def count(self, outcome: str) -> int:
        """The number of rows with an outcome."""
        return self.counts[outcome]

    def settle(self) -> None:
        """Put the rows in the file's order, and hand them on where there is a sink."""
        self.rows.sort(key=lambda row: row.row)
        if self.sink is None:
            return
        for row in self.rows:
            self.sink(row)
            if row.reason or row.notes:
                self._look(row)
        self.rows.clear()

    def _look(self, row: RowReport) -> None:
        if len(self.looked) < ROWS_LOOKED_AT:
            self.looked.append(row)
        else:
            self.more += 1

    def tell(self, row: ImportRow, outcome: str, reason: str = "", slug: str = "") -> None:
        """Record the outcome of a row."""
        lacks = row.lacks if outcome == "draft" else []
        self.counts[outcome] += 1
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
    labels = {
        "price": _("price"),
        "quantity": _("quantity"),
        "weight": _("weight"),
        "picture": _("a picture"),
    }
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
