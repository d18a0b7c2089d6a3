"""Closing a period of the books: ledger and payout runs must agree first."""

from datetime import date

from marketplace.core.actors import Actor
from marketplace.ledger.accounting import close_period as ledger
from marketplace.ledger.models import PeriodClosing
from marketplace.payouts.book_checks import findings
from vendors.models import Programme


def close_period(*, programme: Programme, last_on: date, by: Actor) -> PeriodClosing:
    """Close everything up to ``last_on`` for good; raises as the ledger's ``close_period`` does."""
    return ledger.close_period(programme=programme, last_on=last_on, find_problems=findings, by=by)
