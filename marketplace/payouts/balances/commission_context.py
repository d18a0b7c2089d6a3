"""What a commission rule may depend on: phase, market, and the sales volume of the month before."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q, Sum

from marketplace.orders.models import Order
from marketplace.payouts.models import CommissionRule, Sale
from vendors.models import Enrolment
from vendors.scoping import Crossing


class CommissionContext:
    """A sale's phase, market and sales volume on its day; each read only if a rule needs it."""

    def __init__(self, sale: Sale, on: date, rules: Sequence[CommissionRule]) -> None:
        self._sale, self._on, self._rules = sale, on, rules

    @cached_property
    def phase(self) -> int | None:
        """The cooperative's phase on the day of the order."""
        if all(rule.phase is None for rule in self._rules):
            return None
        return phase_on(self._sale.programme_id, self._sale.cooperative_id, self._on)

    @cached_property
    def market(self) -> str:
        """The market in which the buyer ordered."""
        if not any(rule.market for rule in self._rules):
            return ""
        found = Order.objects.filter(pk=self._sale.order_id).values_list("market", flat=True)
        return found.first() or ""

    @cached_property
    def _volume(self) -> int:
        return volume_before(self._sale.cooperative_id, self._on)

    def volume_for(self, rule: CommissionRule | None) -> int:
        """The sales volume of the month before, if the rule has tiers; otherwise 0."""
        return self._volume if rule is not None and rule.tiers else 0


def phase_on(programme_id: UUID, cooperative_id: UUID, on: date) -> int | None:
    """A cooperative's phase in a programme on a day; None outside its enrolment."""
    rows = Enrolment.objects.crossing(Crossing.LEDGER_POSTING).filter(
        programme_id=programme_id, cooperative_id=cooperative_id, from_on__lte=on
    )
    open_on = rows.filter(Q(to_on__isnull=True) | Q(to_on__gt=on)).order_by("-from_on")
    phase: int | None = open_on.values_list("phase", flat=True).first()
    return phase


def volume_before(cooperative_id: UUID, on: date) -> int:
    """A cooperative's sales in the calendar month before a day: goods delivered less refunds.

    In minor units of the programme's currency, as recorded at the time of the call.
    """
    last = on.replace(day=1) - timedelta(days=1)
    rows = Sale.objects.crossing(Crossing.LEDGER_POSTING).filter(
        cooperative_id=cooperative_id,
        delivered_on__gte=last.replace(day=1),
        delivered_on__lte=last,
    )
    return int(rows.aggregate(total=Sum("net_goods_base_minor"))["total"] or 0)
