"""Freezes the commission of each order line when its order is placed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from marketplace.payouts.balances.commission_context import CommissionContext
from marketplace.payouts.balances.commission_vat import NOT_CHARGED, Vat, vat_of
from marketplace.payouts.models import CommissionRule, FrozenCommission, Sale
from vendors.models import Programme

if TYPE_CHECKING:
    from uuid import UUID

    from marketplace.orders.events import OrderedLine
from marketplace.payouts.balances.commission_rules import rate_at, rule_for, rules_on


@dataclass(frozen=True)
class PlacedSale:
    """A sale with the lines that were ordered, and the day of the order."""

    sale: Sale
    lines: Iterable["OrderedLine"]
    on: date


def freeze_commissions(placed: Sequence[PlacedSale]) -> None:
    """Freeze the rate of each order line as of the day of its order; without a rule it is zero."""
    rules: dict[tuple[UUID, date], list[CommissionRule]] = {}
    vat: dict[tuple[UUID, date], Vat] = {}
    programmes = Programme.objects.in_bulk({each.sale.programme_id for each in placed})
    frozen: list[FrozenCommission] = []
    for each in placed:
        key = (each.sale.programme_id, each.on)
        if key not in rules:
            rules[key] = rules_on(*key)
            vat[key] = vat_of(programmes[key[0]], each.on) or NOT_CHARGED
        frozen += _frozen_lines(each, rules[key], vat[key])
    FrozenCommission.objects.create_all(frozen)


def _frozen_lines(
    placed: PlacedSale, rules: list[CommissionRule], vat: Vat
) -> Iterator[FrozenCommission]:
    context = CommissionContext(placed.sale, placed.on, rules)
    for position, line in enumerate(placed.lines):
        rule = rule_for(
            rules,
            placed.sale.cooperative_id,
            line.category_slug,
            phase=context.phase,
            market=context.market,
        )
        yield FrozenCommission(
            sale=placed.sale,
            line_id=line.line_id,
            position=position,
            category_slug=line.category_slug,
            quantity=line.quantity,
            total_minor=line.total_minor,
            rate_bp=rate_at(rule, context.volume_for(rule)),
            vat_bp=vat.rate_bp,
            vat_included=vat.is_included,
            voucher_minor=line.voucher_minor,
            voucher_by=line.voucher_by,
            rule=rule,
        )
