"""The provider's fees on disputes, allocated between programme and cooperatives."""

from collections.abc import Sequence

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.post import book_of, booked_on
from marketplace.payouts.balances.cost_allocation_rules import DISPUTE_FEE, share_at
from marketplace.payouts.balances.dispute import Dispute
from marketplace.payouts.models import Sale


def fee_postings(dispute: Dispute, owners: Sequence[Sale], weights: Sequence[int]) -> list[Posting]:
    """The postings of a dispute's fee, allocated to ``owners`` in proportion to ``weights``."""
    if not dispute.fee_minor:
        return []
    fee_by = weights if any(weights) else [1] * len(owners)
    shared = Money(dispute.fee_minor, dispute.currency).allocate(fee_by)
    postings = []
    for sale, fee in zip(owners, shared, strict=True):
        own = fee.share(share_at(sale.programme_id, DISPUTE_FEE, dispute.occurred_at))
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
