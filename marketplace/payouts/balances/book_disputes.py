"""Books disputed payments: the cooperatives' shares are held, and released if it is won.

A disputed amount is allocated once, when the dispute opens, to the goods and deliveries of the
order in proportion to what is still paid of each (largest remainder); later events use the same
shares.
When a dispute is lost, ``cost_allocation_rules`` says how much of the goods the programme bears.
"""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from marketplace.core.money import Money
from marketplace.ledger.post import post_all
from marketplace.payouts.balances import facts as kinds
from marketplace.payouts.balances import record_facts
from marketplace.payouts.balances.cost_allocation_rules import DISPUTE_LOST, share_at
from marketplace.payouts.balances.dispute import Dispute
from marketplace.payouts.balances.dispute_fees import fee_postings
from marketplace.payouts.balances.facts import Fact
from marketplace.payouts.errors import DisputeUnknown, PaymentUnknown
from marketplace.payouts.models import Sale, SaleFact
from vendors.scoping import Crossing


@transaction.atomic
def open_dispute(dispute: Dispute) -> None:
    """Hold each cooperative's share and book the provider's fee.

    Raises PaymentUnknown while no payment of the order is recorded: it is tried again.
    """
    if _shares(dispute):
        return
    parts = _parts(dispute.order_id)
    if not parts:
        raise PaymentUnknown
    weights = [weight for _sale, *both in parts for weight in both]
    whole = Money(min(dispute.amount_minor, sum(weights)), dispute.currency)
    amounts = whole.allocate(weights) if whole.amount_minor else [whole] * len(weights)
    facts = [
        _fact(dispute, sale, kinds.DISPUTED, goods.amount_minor, shipping.amount_minor)
        for (sale, _goods, _shipping), goods, shipping in zip(
            parts, amounts[::2], amounts[1::2], strict=True
        )
    ]
    record_facts.record_all(facts)
    taken = [fact.goods_minor + fact.shipping_minor for fact in facts]
    post_all(fee_postings(dispute, [part[0] for part in parts], taken))


@transaction.atomic
def win_dispute(dispute: Dispute) -> None:
    """Release what was held. Raises DisputeUnknown while the opening is not recorded."""
    record_facts.record_all(_following(dispute, kinds.DISPUTE_WON))


@transaction.atomic
def lose_dispute(dispute: Dispute) -> None:
    """Book the loss, and the programme's share of it. Raises as ``win_dispute`` does."""
    facts = _following(dispute, kinds.DISPUTE_LOST)
    borne = [each for fact in facts if (each := _borne(fact)) is not None]
    record_facts.record_all([*facts, *borne])


def _parts(order_id: UUID) -> list[tuple[Sale, int, int]]:
    """The order's paid sales with what is still paid of their goods and deliveries.

    Sales of which nothing is left are omitted, unless that is true of all: a dispute may be
    reported only after it was won and everything was refunded.
    """
    rows = Sale.objects.crossing(Crossing.LEDGER_POSTING).filter(order_id=order_id)
    found = []
    for sale in rows.order_by("id").select_for_update():
        facts = SaleFact.objects.crossing(Crossing.LEDGER_POSTING).filter(sale=sale)
        goods = shipping = 0
        is_paid = False
        for fact in facts:
            is_paid = is_paid or fact.kind == kinds.CAPTURED
            sign = {
                kinds.CAPTURED: 1,
                kinds.REFUNDED: -1,
                kinds.DISPUTE_LOST: -1,
            }.get(fact.kind, 0)
            goods += sign * fact.goods_minor
            shipping += sign * fact.shipping_minor
        if is_paid:
            found.append((sale, max(goods, 0), max(shipping, 0)))
    return [part for part in found if part[1] or part[2]] or found


def _shares(dispute: Dispute) -> list[SaleFact]:
    rows = SaleFact.objects.crossing(Crossing.LEDGER_POSTING).select_related("sale")
    stem = f"{kinds.DISPUTED}:{dispute.dispute_id}:"
    return list(rows.filter(key__startswith=stem).order_by("key"))


def _following(dispute: Dispute, kind: str) -> list[Fact]:
    shares = _shares(dispute)
    if not shares:
        raise DisputeUnknown
    return [
        _fact(dispute, share.sale, kind, share.goods_minor, share.shipping_minor)
        for share in shares
    ]


def _fact(dispute: Dispute, sale: Sale, kind: str, goods: int, shipping: int) -> Fact:
    return Fact(
        key=f"{kind}:{dispute.dispute_id}:{sale.pk}",
        kind=kind,
        sale_id=sale.pk,
        order_id=sale.order_id,
        cooperative_id=sale.cooperative_id,
        programme_id=sale.programme_id,
        currency=sale.currency,
        goods_minor=goods,
        shipping_minor=shipping,
        occurred_at=dispute.occurred_at,
    )


def _borne(fact: Fact) -> Fact | None:
    """The programme's share of lost goods, which the cooperative keeps as if they were paid."""
    share = share_at(fact.programme_id, DISPUTE_LOST, fact.occurred_at)
    goods = Money(fact.goods_minor, fact.currency).share(share).amount_minor
    if not goods:
        return None
    key = fact.key.replace(kinds.DISPUTE_LOST, kinds.DISPUTE_BORNE, 1)
    return replace(fact, key=key, kind=kinds.DISPUTE_BORNE, goods_minor=goods, shipping_minor=0)
