"""Closing periods of the books: ledger and payout runs must agree first."""

from datetime import date

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.ledger.accounting import close_period as ledger
from marketplace.ledger.accounting.periods import open_months
from marketplace.ledger.models import PeriodClosing
from marketplace.ledger.post import book_of
from marketplace.payouts.book_checks import findings
from vendors.models import Programme


def close_period(*, programme: Programme, last_on: date, by: Actor) -> PeriodClosing:
    """Close everything up to ``last_on`` for good; raises as the ledger's ``close_period`` does."""
    return ledger.close_period(programme=programme, last_on=last_on, find_problems=findings, by=by)


@transaction.atomic
def close_months(*, programme: Programme, last_on: date, by: Actor) -> list[PeriodClosing]:
    """Close every open month up to ``last_on``, each checked and as a closing of its own.

    All of them or none; the last one may end within a month. Raises as ``close_period`` does.
    """
    months = open_months(book_of(programme.pk))
    ends = [period.last_on for period in months if period.last_on < last_on]
    return [close_period(programme=programme, last_on=end, by=by) for end in (*ends, last_on)]
