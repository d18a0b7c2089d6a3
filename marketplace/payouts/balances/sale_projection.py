"""The columns of a sale that are computed from its facts."""

from collections.abc import Sequence

from marketplace.core import exchange
from marketplace.core.money import Money
from marketplace.ledger.errors import RateMissing
from marketplace.ledger.models import Book
from marketplace.ledger.post import booked_on
from marketplace.payouts.balances.facts import DELIVERED, PLACED
from marketplace.payouts.balances.sale_position import Position
from marketplace.payouts.models import Sale, SaleFact

# The columns that follow from a sale's facts alone.
FIGURES = (
    *("placed_at", "delivered_at", "delivered_on"),
    *("net_goods_minor", "commission_minor", "net_goods_base_minor"),
)
# The columns that change with a sale's facts.
PROJECTED = (
    *("payment_method", "country_code", "payout_currency", "payout_rate", "payout_rate_on"),
    *FIGURES,
)


def project_sale(book: Book, sale: Sale, facts: Sequence[SaleFact], stands: Position) -> None:
    """Set dates, net goods and commission on ``sale``; the caller saves them.

    Raises RateMissing.
    """
    placed = [fact.occurred_at for fact in facts if fact.kind == PLACED]
    arrived = [fact.occurred_at for fact in facts if fact.kind == DELIVERED]
    sale.placed_at = min(placed, default=None)
    sale.delivered_at = min(arrived, default=None)
    sale.delivered_on = booked_on(book, sale.delivered_at) if sale.delivered_at else None
    sale.net_goods_minor, sale.commission_minor = stands.net_goods_minor, stands.commission_minor
    sale.net_goods_base_minor = 0
    if sale.net_goods_minor and sale.delivered_on:
        base = book.programme.base_currency
        kept = Money(sale.net_goods_minor, sale.currency)
        try:
            sale.net_goods_base_minor = exchange.convert(kept, base, sale.delivered_on).amount_minor
        except exchange.NoRate as error:
            raise RateMissing(source=sale.currency, target=base) from error
