"""Forecast: what a payout prepared now would pay of each available balance, and why not all."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from marketplace.ledger.post import book_of, booked_on
from marketplace.payouts.models import PayoutRun
from marketplace.payouts.runs.eligibility import Eligibility, assess
from marketplace.payouts.runs.payable_amounts import PayableAmount, withheld
from marketplace.payouts.runs.recipients import Recipient, recipients
from marketplace.payouts.runs.terms import PayoutTerms, find_terms
from vendors.models import Programme
from vendors.scoping import ProgrammeScope


def forecast(
    programme: Programme, available: Mapping[tuple[UUID, str], int], now: datetime
) -> dict[tuple[UUID, str], Eligibility]:
    """The eligibility of each available balance (minor units), by cooperative and currency.

    The same as in a run prepared now, but nothing is reserved.
    """
    book = book_of(programme.pk)
    day = booked_on(book, now)
    known = recipients(
        ProgrammeScope(programme.pk), list({cooperative for cooperative, _ in available})
    )
    found: dict[tuple[UUID, str], Eligibility] = {}
    for currency in {currency for _, currency in available}:
        mine = {c: amount for (c, unit), amount in available.items() if unit == currency}
        terms = {
            cooperative: rule
            for cooperative in mine
            if (rule := _terms(programme, known[cooperative], currency, day))
        }
        waiting = withheld(book, currency, until=day, terms=terms)
        for cooperative, amount in mine.items():
            recipient = known[cooperative]
            run = PayoutRun(programme=programme, currency=currency, provider=recipient.provider)
            found[cooperative, currency] = assess(
                run, PayableAmount(cooperative, amount), recipient, terms.get(cooperative),
                waiting.get(cooperative, 0), now,
            )  # fmt: skip
    return found


def _terms(
    programme: Programme, recipient: Recipient, currency: str, day: date
) -> PayoutTerms | None:
    country = recipient.cooperative.country_code
    return find_terms(programme=programme.slug, country=country, currency=currency, on=day)
