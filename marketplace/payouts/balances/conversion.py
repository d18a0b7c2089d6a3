"""Conversion of released amounts to the cooperative's payout currency."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from marketplace.core import exchange
from marketplace.core.money import Money, exponent
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.errors import RateMissing
from marketplace.payouts.models import Sale
from vendors.models import Cooperative
from vendors.scoping import Crossing

RATE_PLACES = Decimal("0.000000001")


Balances = dict[tuple[AccountCode, str], int]


def payout_currencies(released: Sequence[Sale]) -> dict[UUID, str]:
    """The payout currencies of cooperatives whose sales are released for the first time."""
    wanted = {sale.cooperative_id for sale in released if not sale.payout_currency}
    rows = Cooperative.objects.crossing(Crossing.LEDGER_POSTING).filter(pk__in=wanted)
    return dict(rows.values_list("pk", "payout_currency")) if wanted else {}


def convert_released(sale: Sale, released_minor: int, day: date, payout_currency: str) -> Balances:
    """Balances that convert a released amount at the rate of its first release, set on ``sale``."""
    if not sale.payout_currency and released_minor:
        sale.payout_currency, sale.payout_rate_on = payout_currency, day
        sale.payout_rate = _rate(sale.currency, payout_currency, day)
    target = sale.payout_currency
    if not target or target == sale.currency or sale.payout_rate is None:
        return {}
    scale = Fraction(10) ** (exponent(target) - exponent(sale.currency))
    share = Money(released_minor, sale.currency).share(Fraction(sale.payout_rate) * scale)
    return {
        (AccountCode.RELEASED, sale.currency): -released_minor,
        (AccountCode.FX, sale.currency): released_minor,
        (AccountCode.RELEASED, target): share.amount_minor,
        (AccountCode.FX, target): -share.amount_minor,
    }


def _rate(source: str, target: str, day: date) -> Decimal:
    try:
        exact = exchange.rate(source, target, day)
    except exchange.NoRate as error:
        raise RateMissing(source=source, target=target) from error
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(RATE_PLACES)
