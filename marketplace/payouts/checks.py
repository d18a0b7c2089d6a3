"""Check of the books."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, broken, good
from marketplace.payouts.ledger.checks import findings, tally


def books() -> Iterator[Finding]:
    """Whether every book balances; which entry is wrong stands in ``twiza ledger check`` only.

    The staff of every programme read this, so it names no programme and no cooperative.
    """
    if wrong := sum(1 for _finding in findings()):
        yield broken(
            "books",
            _("The books do not agree in %(count)d places.") % {"count": wrong},
            _("Make no payout before this is explained: twiza ledger check"),
        )
        return
    counted = tally()
    yield good(
        "books",
        _("%(transactions)d transactions in %(books)d books, all balanced.")
        % {"transactions": counted.transactions, "books": counted.books},
    )
