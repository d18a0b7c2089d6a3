"""The annual summary of sellers for tax authorities, modelled on DAC7.

By seller, currency and quarter: the consideration credited (what became available, net of
commission and the tax on it), fees, and the number of sales. All from the ledger, by the day of
posting. Payments and conversions are not consideration.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractQuarter

from marketplace.core import exchange
from marketplace.core.dated import Row, read_rules, rule_on, span_of
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, owed
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.balances.balance_history import SALES
from vendors.models import Cooperative, Programme
from vendors.queries import payout_accounts, seller_identifiers_of_all
from vendors.scoping import ProgrammeScope

THRESHOLDS_FILE = Path(__file__).parent.parent / "data" / "reporting_thresholds.csv"
QUARTERS = (1, 2, 3, 4)


class Threshold(NamedTuple):
    """A dated rule: a seller below both limits need not be reported."""

    valid_from: date
    valid_to: date | None
    country: str
    activities: int
    amount_minor: int
    currency: str
    source: str


@dataclass
class Quarter:
    """A quarter in minor units of the row's currency; ``activities`` are sales."""

    consideration_minor: int = 0
    fees_minor: int = 0
    activities: int = 0


@dataclass(frozen=True)
class SellerYear:
    """One seller's year in one currency."""

    cooperative: Cooperative
    currency: str
    identifiers: dict[str, str]
    # SHA-256 of the account number, so that it can be compared but not used.
    account_fingerprint: str
    account_country: str
    quarters: dict[int, Quarter] = field(default_factory=dict)
    is_reportable: bool = True

    @property
    def consideration_minor(self) -> int:
        """Of the year, in minor units."""
        return sum(quarter.consideration_minor for quarter in self.quarters.values())

    @property
    def fees_minor(self) -> int:
        """Of the year, in minor units."""
        return sum(quarter.fees_minor for quarter in self.quarters.values())

    @property
    def activities(self) -> int:
        """Sales of the year; one that spans two quarters counts in each."""
        return sum(quarter.activities for quarter in self.quarters.values())


def sellers_of_year(programme: Programme, year: int) -> Iterator[SellerYear]:
    """The sellers with consideration in a year, by name and currency; an iterator."""
    sums = _sums(programme, year)
    scope = ProgrammeScope(programme.pk)
    sellers = Cooperative.objects.within(scope).filter(pk__in=sums)
    last_day = date(year, 12, 31)
    threshold = threshold_on(programme, last_day)
    accounts = payout_accounts(scope)
    identifiers = seller_identifiers_of_all(scope, last_day)
    for seller in sellers.order_by("legal_name", "pk").iterator():
        account = accounts.get(seller.pk)
        number = account.number if account else ""
        own = sums[seller.pk]
        is_reportable = _is_reportable(own, threshold, last_day)
        for code in sorted(own):
            yield SellerYear(
                cooperative=seller,
                currency=code,
                identifiers=identifiers.get(seller.pk, {}),
                account_fingerprint=sha256(number.encode()).hexdigest() if number else "",
                account_country=account.country_code if account else "",
                quarters=own[code],
                is_reportable=is_reportable,
            )


def threshold_on(programme: Programme, on: date) -> Threshold | None:
    """The rule of the programme's country, or else the general one."""
    country = programme.country_codes[0] if programme.country_codes else ""
    fitting = (rule for rule in _thresholds() if rule.country in {"", country})
    return rule_on(fitting, on, is_own=lambda rule: bool(rule.country))


def years(programme: Programme) -> list[int]:
    """The years with postings, the latest first."""
    rows = LedgerTransaction.objects.within(ProgrammeScope(programme.pk))
    return [day.year for day in rows.dates("booked_on", "year", order="DESC")]


# By cooperative, currency and quarter.
Sums = dict[UUID, dict[str, dict[int, Quarter]]]


def _sums(programme: Programme, year: int) -> Sums:
    accounts = Q(entries__account__code__in=[AccountCode.COMMISSION, AccountCode.TAX_PAYABLE])
    released = Q(entries__account__code=AccountCode.RELEASED)
    rows = (
        LedgerTransaction.objects.within(ProgrammeScope(programme.pk))
        .filter(book__programme=programme, booked_on__year=year, cause__in=SALES)
        .filter(released | accounts)
        .annotate(quarter=ExtractQuarter("booked_on"), code=F("entries__currency"))
        .values_list("cooperative_id", "code", "quarter")
        .annotate(
            consideration=Sum("entries__amount_minor", filter=released, default=0),
            fees=Sum("entries__amount_minor", filter=accounts, default=0),
            sales=Count("sale_id", filter=released & Q(entries__amount_minor__lt=0), distinct=True),
        )
        .order_by()
    )
    found: Sums = {}
    for cooperative_id, code, quarter, consideration, fees, sales in rows:
        by_currency = found.setdefault(cooperative_id, {})
        quarters = by_currency.setdefault(code, {n: Quarter() for n in QUARTERS})
        quarters[quarter] = Quarter(owed(consideration), owed(fees), sales)
    return found


def _is_reportable(
    own: dict[str, dict[int, Quarter]], threshold: Threshold | None, on: date
) -> bool:
    """Over all currencies together; without an exchange rate the seller is reported."""
    if threshold is None:
        return True
    activities = sum(
        quarter.activities for quarters in own.values() for quarter in quarters.values()
    )
    if activities >= threshold.activities:
        return True
    whole = 0
    for code, quarters in own.items():
        amount = sum(quarter.consideration_minor for quarter in quarters.values())
        try:
            whole += exchange.convert(Money(amount, code), threshold.currency, on).amount_minor
        except exchange.NoRate:
            return True
    return whole > threshold.amount_minor


@cache
def _thresholds() -> tuple[Threshold, ...]:
    return read_rules(THRESHOLDS_FILE, _threshold)


def _threshold(row: Row) -> Threshold:
    numbers = (int(row["activities"]), int(row["amount_minor"]))
    return Threshold(*span_of(row), row["country"], *numbers, row["currency"], row["source"])
