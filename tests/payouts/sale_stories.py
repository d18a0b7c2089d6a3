"""Stories of a sale and of its payment, drawn by hypothesis."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from marketplace.payouts import services
from marketplace.payouts.errors import NothingToPay
from marketplace.payouts.models import LineState, PayoutLine
from tests.payouts.world import (
    SaleOf,
    Told,
)
from vendors.models import Cooperative, Programme, User
from vendors.scoping import ProgrammeScope


@dataclass
class Outside:
    """What crossed the border of the books, by our own reckoning, in minor units."""

    came_in: int = 0
    refunded: int = 0
    paid_out: int = 0
    story: list[Told] = field(default_factory=list)


@st.composite
def sale_stories(draw: st.DrawFn, cooperative: Cooperative, currency: str) -> Outside:
    """One sale with what may happen to it, shuffled, some events told twice."""
    totals = tuple(draw(st.lists(st.integers(1, 900_000), min_size=1, max_size=3)))
    shipping = draw(st.integers(0, 9_000))
    method = draw(st.sampled_from(["card", "cod"]))
    sale = SaleOf(cooperative, totals, shipping, currency, method)
    outside = Outside(story=[sale.placed()])
    arrived = draw(st.sets(st.integers(0, len(totals) - 1)))
    first = True
    for index in sorted(arrived):
        outside.story.append(sale.delivered({index: totals[index]}, shipping=first))
        outside.came_in += (totals[index] + (shipping if first else 0)) * (method == "cod")
        first = False
    if method == "card":
        outside.story.append(sale.captured())
        outside.came_in += sum(totals) + shipping
    elif arrived and draw(st.booleans()):
        outside.story.append(sale.remitted(sum(totals[i] for i in arrived), shipping))
    refundable = set(range(len(totals))) if method == "card" else arrived
    for index in sorted(refundable):
        if draw(st.booleans()):
            amount = draw(st.integers(1, totals[index]))
            back = shipping if first and draw(st.booleans()) else 0
            outside.story.append(sale.refunded({index: amount}, shipping=back))
            outside.refunded += amount + back
            first = first and not back
    missing = {i: totals[i] for i in range(len(totals)) if i not in arrived}
    if missing and draw(st.booleans()):
        outside.story.append(sale.cancelled(missing, shipping=not arrived))
    outside.story = draw(st.permutations(outside.story + draw(_some(outside.story))))
    return outside


def _some(story: list[Told]) -> st.SearchStrategy[list[Told]]:
    return st.lists(st.sampled_from(story), max_size=2)


def pay_and_settle(
    programme: Programme, preparer: User, approver: User, data: st.DataObject
) -> int:
    """A payout run with its end drawn; returns what the bank paid out and did not send back."""
    try:
        run = services.prepare_run(programme=programme, by=preparer.actor)
    except NothingToPay:
        return 0
    if data.draw(st.booleans()):
        services.send_back(run=run, remark="again", by=approver.actor)
        return 0
    run = services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    run = services.mark_sent(run=run, by=preparer.actor)
    lines = PayoutLine.objects.within(ProgrammeScope(programme.pk)).filter(run=run)
    paid = 0
    for line in lines.filter(state=LineState.READY).order_by("position"):
        end = data.draw(st.sampled_from(["settled", "returned", "settled, then returned"]))
        if end.startswith("settled"):
            services.mark_settled(run=run, lines=[line], by=preparer.actor)
        if end.endswith("returned"):
            services.mark_returned(line=line, reason="closed", by=preparer.actor)
        paid += line.amount_minor if end == "settled" else 0
    return paid
