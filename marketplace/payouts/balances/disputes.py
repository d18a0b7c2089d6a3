"""A buyer's bank takes a payment back: the cooperatives' shares are held, freed when it is won.

A disputed amount is shared out once, when it opens, over the goods and deliveries of the order in
proportion to what is still paid of each (largest remainder); what follows uses the same shares.
When it is lost, ``bearing`` says how much of the goods the programme bears.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.posting import About, Leg, Posting, book_of, booked_on, post_all
from marketplace.payouts.balances import booking
from marketplace.payouts.balances.booking import Fact
from marketplace.payouts.balances.cost_allocation_rules import (
    DISPUTE_FEE,
    DISPUTE_LOST,
    WHOLE_BP,
    programme_share,
)
from marketplace.payouts.errors import DisputeUnknown, PaymentUnknown
from marketplace.payouts.models import Sale, SaleFact
from vendors.models import Programme
from vendors.scoping import Crossing


@dataclass(frozen=True)
class Dispute:
    """A dispute as the provider tells it; amounts in minor units of ``currency``."""

    dispute_id: UUID
    order_id: UUID
    amount_minor: int
    currency: str
    fee_minor: int
    occurred_at: datetime


@transaction.atomic
def open_dispute(dispute: Dispute) -> None:
    """Hold each cooperative's share and book the provider's fee.

    Raises PaymentUnknown when no payment of the order was heard of yet: it is tried again.
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
        _fact(dispute, sale, booking.DISPUTED, goods.amount_minor, shipping.amount_minor)
        for (sale, _goods, _shipping), goods, shipping in zip(
            parts, amounts[::2], amounts[1::2], strict=True
        )
    ]
    booking.record_all(facts)
    taken = [fact.goods_minor + fact.shipping_minor for fact in facts]
    post_all(_fee(dispute, [part[0] for part in parts], taken))


@transaction.atomic
def win_dispute(dispute: Dispute) -> None:
    """Free what was held. Raises DisputeUnknown when its opening was not heard of yet."""
    booking.record_all(_following(dispute, booking.DISPUTE_WON))


@transaction.atomic
def lose_dispute(dispute: Dispute) -> None:
    """Book what stays with the buyer, and what the programme bears of it; raises as above."""
    facts = _following(dispute, booking.DISPUTE_LOST)
    borne = [each for fact in facts if (each := _borne(fact)) is not None]
    booking.record_all([*facts, *borne])


def _parts(order_id: UUID) -> list[tuple[Sale, int, int]]:
    """The order's paid sales with what is still paid of their goods and deliveries.

    Those of which nothing is left are left out, unless that is so of all: a dispute may be heard of
    only after it was won and everything went back.
    """
    rows = Sale.objects.crossing(Crossing.LEDGER_POSTING).filter(order_id=order_id)
    found = []
    for sale in rows.order_by("id").select_for_update():
        facts = SaleFact.objects.crossing(Crossing.LEDGER_POSTING).filter(sale=sale)
        goods = shipping = 0
        is_paid = False
        for fact in facts:
            is_paid = is_paid or fact.kind == booking.CAPTURED
            sign = {booking.CAPTURED: 1, booking.REFUNDED: -1, booking.DISPUTE_LOST: -1}.get(
                fact.kind, 0
            )
            goods += sign * fact.goods_minor
            shipping += sign * fact.shipping_minor
        if is_paid:
            found.append((sale, max(goods, 0), max(shipping, 0)))
    return [part for part in found if part[1] or part[2]] or found


def _shares(dispute: Dispute) -> list[SaleFact]:
    rows = SaleFact.objects.crossing(Crossing.LEDGER_POSTING).select_related("sale")
    stem = f"{booking.DISPUTED}:{dispute.dispute_id}:"
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
    """The programme's part of lost goods, which the cooperative keeps as if they were paid."""
    bp = _programme_bp(fact.programme_id, DISPUTE_LOST, fact.occurred_at)
    goods = Money(fact.goods_minor, fact.currency).share(Fraction(bp, WHOLE_BP)).amount_minor
    if not goods:
        return None
    key = fact.key.replace(booking.DISPUTE_LOST, booking.DISPUTE_BORNE, 1)
    return replace(fact, key=key, kind=booking.DISPUTE_BORNE, goods_minor=goods, shipping_minor=0)


def _programme_bp(programme_id: UUID, what: str, at: datetime) -> int:
    programme = Programme.objects.get(pk=programme_id)
    day = at.astimezone(ZoneInfo(programme.time_zone)).date()
    return programme_share(programme.slug, what, day)


def _fee(dispute: Dispute, owners: Sequence[Sale], weights: Sequence[int]) -> list[Posting]:
    """The provider's fee: by book, and what the cooperatives bear of it."""
    if not dispute.fee_minor:
        return []
    fee_by = weights if any(weights) else [1] * len(owners)
    shared = Money(dispute.fee_minor, dispute.currency).allocate(fee_by)
    postings = []
    for sale, fee in zip(owners, shared, strict=True):
        bp = _programme_bp(sale.programme_id, DISPUTE_FEE, dispute.occurred_at)
        own = fee.share(Fraction(bp, WHOLE_BP))
        book = book_of(sale.programme_id)
        legs = [
            Leg(AccountCode.PSP_FEE, own),
            Leg(AccountCode.RELEASED, fee - own),
            Leg(AccountCode.PSP_CLEARING, -fee),
        ]
        if fee:
            postings.append(
                Posting(
                    book,
                    f"dispute-fee:{dispute.dispute_id}:{sale.pk}",
                    Cause.PSP_FEE_CHARGED,
                    legs,
                    dispute.occurred_at,
                    booked_on(book, dispute.occurred_at),
                    About(cooperative_id=sale.cooperative_id, memo=str(dispute.dispute_id)),
                )
            )
    return postings
