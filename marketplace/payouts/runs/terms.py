"""Payout terms, dated: minimum payment, hold on a new account, rolling reserve.

The rules are in ``data/payout_terms.csv``, each with its source. Less than ``smallest_minor`` is
carried over to the next payout. A bank account that replaced another is on hold for
``account_hold_days``, time for the cooperative to notice a change that it did not ask for; a first
account is paid as soon as a second person has confirmed it.

What a sale released is withheld for ``rest_days``, in case of returns; of what sales released in
the ``reserve_days`` before those, ``reserve_bp`` is withheld.

A row applies from ``valid_from`` to the day before ``valid_to`` (empty: until further notice), to a
``programme`` (its slug) and a ``country`` of cooperatives, or to all where these are empty. A
programme's own row precedes a country's, and that the general one; of equals the latest applies.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import read_rules, rule_on, span_of
from marketplace.core.money import WHOLE_BP
from marketplace.payouts.errors import NoPayoutTerms

TERMS_FILE = Path(__file__).parent.parent / "data" / "payout_terms.csv"


class PayoutTerms(NamedTuple):
    """One dated rule; ``smallest_minor`` in minor units of ``currency``."""

    valid_from: date
    valid_to: date | None
    programme: str
    country: str
    currency: str
    smallest_minor: int
    account_hold: timedelta
    rest_days: int
    reserve_bp: int
    reserve_days: int
    source: str

    @property
    def withholds(self) -> bool:
        """Whether part of the available balance may be withheld."""
        return bool(self.rest_days or (self.reserve_bp and self.reserve_days))

    def concerns(self, *, programme: str, country: str, currency: str) -> bool:
        """Whether the rule is for such a payment."""
        return (
            self.currency == currency
            and self.programme in {"", programme}
            and self.country in {"", country}
        )


@cache
def known_terms() -> tuple[PayoutTerms, ...]:
    """The rules of the file."""
    return read_terms(TERMS_FILE)


def read_terms(path: Path) -> tuple[PayoutTerms, ...]:
    """Read a file of rules; raises ValueError with the line of an invalid row."""
    return read_rules(path, _terms)


def terms_for(
    *,
    programme: str,
    country: str,
    currency: str,
    on: date,
    known: Sequence[PayoutTerms] | None = None,
) -> PayoutTerms:
    """The rule for paying a cooperative of a country in a currency; raises NoPayoutTerms."""
    fitting = (
        terms
        for terms in (known_terms() if known is None else known)
        if terms.concerns(programme=programme, country=country, currency=currency)
    )
    found = rule_on(fitting, on, is_own=lambda terms: (bool(terms.programme), bool(terms.country)))
    if found is None:
        raise NoPayoutTerms(currency=currency, on=on)
    return found


def find_terms(*, programme: str, country: str, currency: str, on: date) -> PayoutTerms | None:
    """The rule as ``terms_for`` finds it; None if there is none."""
    try:
        return terms_for(programme=programme, country=country, currency=currency, on=on)
    except NoPayoutTerms:
        return None


def _terms(row: dict[str, str]) -> PayoutTerms:
    smallest, hold = int(row["smallest_minor"]), int(row["account_hold_days"])
    valid_from, ends = span_of(row)
    rest, reserve = int(row["rest_days"]), int(row["reserve_bp"])
    reserve_days = int(row["reserve_days"])
    if min(rest, reserve, reserve_days) < 0 or reserve > WHOLE_BP:
        raise ValueError("the reserve must be between 0 and 10000 basis points")
    if smallest < 1 or hold < 0 or (ends and ends <= valid_from) or not row["source"].strip():
        raise ValueError("an amount, a hold, a period or the source is missing or wrong")
    return PayoutTerms(
        valid_from=valid_from,
        valid_to=ends,
        programme=row["programme"],
        country=row["country"],
        currency=row["currency"],
        smallest_minor=smallest,
        account_hold=timedelta(days=hold),
        rest_days=rest,
        reserve_bp=reserve,
        reserve_days=reserve_days,
        source=row["source"],
    )
