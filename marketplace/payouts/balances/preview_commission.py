"""Previews a proposed commission rule: last month's orders under it, beside the frozen rates."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from marketplace.core.days import day_of, moments_of
from marketplace.core.money import WHOLE_BP, Money
from marketplace.payouts.balances.commission_context import CommissionContext
from marketplace.payouts.balances.commission_rules import Tiers, rate_at, rule_for, rules_on
from marketplace.payouts.models import CommissionRule, FrozenCommission
from vendors.models import Programme
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Proposal:
    """A proposed rule, with the parameters of ``set_commission``."""

    rate_bp: int
    valid_from: date
    category_slug: str = ""
    cooperative_id: UUID | None = None
    phase: int | None = None
    market: str = ""
    tiers: Tiers = ()
    valid_to: date | None = None

    def rule(self, programme: Programme) -> CommissionRule:
        """The rule as an unsaved row."""
        return CommissionRule(
            programme=programme,
            rate_bp=self.rate_bp,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            category_slug=self.category_slug,
            cooperative_id=self.cooperative_id,
            phase=self.phase,
            market=self.market,
            tiers=[list(tier) for tier in self.tiers],
        )


@dataclass
class Effect:
    """One cooperative in one currency: orders, goods, actual and proposed commission."""

    cooperative_id: UUID
    name: str
    currency: str
    goods_minor: int = 0
    actual_minor: int = 0
    proposed_minor: int = 0
    orders: set[UUID] = field(default_factory=set)

    @property
    def difference_minor(self) -> int:
        """How much more commission it would have paid; negative: less."""
        return self.proposed_minor - self.actual_minor


def preview_commission(programme: Programme, proposal: Proposal, *, today: date) -> list[Effect]:
    """Last calendar month's commission as frozen, and as the proposal would have set it.

    On the lines as ordered, before refunds and without VAT; the largest difference first.
    """
    last = today.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    found: dict[tuple[UUID, str], Effect] = {}
    for line, rate in _lines(programme, proposal.rule(programme), first, last):
        sale = line.sale
        key = (sale.cooperative_id, sale.currency)
        effect = found.setdefault(key, Effect(*key[:1], sale.cooperative.legal_name, key[1]))
        effect.goods_minor += line.total_minor
        effect.actual_minor += _commission(line.total_minor, line.rate_bp, sale.currency)
        effect.proposed_minor += _commission(line.total_minor, rate, sale.currency)
        effect.orders.add(sale.pk)
    return sorted(found.values(), key=lambda e: (-abs(e.difference_minor), e.name))


def _lines(
    programme: Programme, proposed: CommissionRule, first: date, last: date
) -> Iterator[tuple[FrozenCommission, int]]:
    since, until = moments_of(first, last, programme.time_zone)
    rows = (
        FrozenCommission.objects.within(ProgrammeScope(programme.pk))
        .filter(sale__placed_at__gte=since, sale__placed_at__lt=until)
        .select_related("sale__cooperative")
        .order_by("sale_id", "position")
    )
    by_day: dict[date, list[CommissionRule]] = {}
    contexts: dict[UUID, CommissionContext] = {}
    for line in rows.iterator(chunk_size=1_000):
        sale, day = line.sale, day_of(line.sale.placed_at, programme.time_zone)
        if day not in by_day:
            others = [rule for rule in rules_on(programme.pk, day) if not _same(rule, proposed)]
            by_day[day] = [*others, proposed]
        if sale.pk not in contexts:
            contexts = {sale.pk: CommissionContext(sale, day, by_day[day])}
        context = contexts[sale.pk]
        rule = rule_for(
            by_day[day],
            sale.cooperative_id,
            line.category_slug,
            phase=context.phase,
            market=context.market,
        )
        yield line, rate_at(rule, context.volume_for(rule))


def _same(rule: CommissionRule, proposed: CommissionRule) -> bool:
    """Whether the proposal would replace the rule."""
    names = ("cooperative_id", "category_slug", "phase", "market")
    return all(getattr(rule, name) == getattr(proposed, name) for name in names)


def _commission(amount_minor: int, bp: int, currency: str) -> int:
    return Money(amount_minor, currency).share(Fraction(bp, WHOLE_BP)).amount_minor
