"""What a payout prepared now would do with what a cooperative has available, and why."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from marketplace.ledger.posting import book_of, booked_on
from marketplace.payouts.errors import NoPayoutTerms
from marketplace.payouts.models import PayoutRun
from marketplace.payouts.runs.eligibility import Judgement, judge
from marketplace.payouts.runs.payable_amounts import Share, kept_back
from marketplace.payouts.runs.payees import payees
from marketplace.payouts.runs.terms import PayoutTerms, terms_for
from vendors.models import Programme
from vendors.scoping import ProgrammeScope


def outlook(
    programme: Programme, available: Mapping[tuple[UUID, str], int], now: datetime
) -> dict[tuple[UUID, str], Judgement]:
    """The judgement on each available balance (minor units), by cooperative and currency.

    It is the one that a run prepared now would come to; nothing is set aside.
    """
    book = book_of(programme.pk)
    day = booked_on(book, now)
    known = payees(
        ProgrammeScope(programme.pk), list({cooperative for cooperative, _ in available})
    )
    found: dict[tuple[UUID, str], Judgement] = {}
    for currency in {currency for _, currency in available}:
        mine = {c: amount for (c, unit), amount in available.items() if unit == currency}
        terms = {
            cooperative: rule
            for cooperative in mine
            if (
                rule := _terms(
                    programme, known[cooperative].cooperative.country_code, currency, day
                )
            )
        }
        waiting = kept_back(book, currency, until=day, terms=terms)
        for cooperative, amount in mine.items():
            payee = known[cooperative]
            run = PayoutRun(programme=programme, currency=currency, provider=payee.provider)
            found[cooperative, currency] = judge(
                run, Share(cooperative, amount), payee, terms.get(cooperative),
                waiting.get(cooperative, 0), now,
            )  # fmt: skip
    return found


def _terms(programme: Programme, country: str, currency: str, day: date) -> PayoutTerms | None:
    try:
        return terms_for(programme=programme.slug, country=country, currency=currency, on=day)
    except NoPayoutTerms:
        return None
