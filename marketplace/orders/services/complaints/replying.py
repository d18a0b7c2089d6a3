"""The cooperative replies to a complaint: it accepts, offers something else, or refuses."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core.actors import Actor
from marketplace.core.formats import Format
from marketplace.orders.complaint_deadlines import CHOOSE, SEND_BACK
from marketplace.orders.complaint_errors import OfferNotPossible, OtherMemberSettles
from marketplace.orders.models import Complaint, ComplaintSide, ComplaintState, Remedy, StepKind
from marketplace.orders.queries.complaints import claimed_minor, is_whole_order
from marketplace.orders.services.complaints.steps import locked, take_step
from vendors.queries import is_settled_member

_ACCEPTABLE = {ComplaintState.ASKED, ComplaintState.REFUSED, ComplaintState.MEDIATION}


@transaction.atomic
def accept(*, complaint: Complaint, needs_return: bool, text: str, by: Actor) -> Complaint:
    """Agree to the refund: once the goods are back, or at once where they need not come back.

    Also after a refusal, and while the mediator has it. With all that was bought the delivery is
    refunded too. The cooperative gives up its own sale, so that no limit of refunds applies; raises
    OtherMemberSettles for whoever might use that to go round the limits of staff.
    """
    row = locked(complaint, _ACCEPTABLE)
    _require_settled(row, by)
    needs_return = needs_return and row.returned_at is None
    return take_step(
        row,
        StepKind.ACCEPTED,
        side=ComplaintSide.COOPERATIVE,
        by=by,
        state=ComplaintState.ACCEPTED,
        time_for=SEND_BACK if needs_return else "",
        text=text,
        remedy=Remedy.REFUND,
        amount_minor=None,
        needs_return=needs_return,
        include_shipping=is_whole_order(row),
        refund_due_at=None if needs_return else timezone.now(),
    )


@transaction.atomic
def offer(
    *, complaint: Complaint, remedy: str, amount_minor: int | None = None, text: str, by: Actor
) -> Complaint:
    """Offer a repair, an exchange, or a refund of an amount in the order's currency.

    Raises OfferNotPossible for an amount that is none of the units' price.
    """
    row = locked(complaint, {ComplaintState.ASKED})
    _require_settled(row, by)
    if remedy == Remedy.PARTIAL_REFUND:
        require_partial(row, amount_minor)
    return take_step(
        row,
        StepKind.OFFERED,
        side=ComplaintSide.COOPERATIVE,
        by=by,
        state=ComplaintState.OFFERED,
        time_for=CHOOSE,
        text=text,
        remedy=Remedy(remedy),
        amount_minor=amount_minor if remedy == Remedy.PARTIAL_REFUND else None,
        needs_return=False,
    )


@transaction.atomic
def refuse(*, complaint: Complaint, text: str, by: Actor) -> Complaint:
    """Refuse, with a reason that the buyer reads; the buyer may ask the mediator."""
    row = locked(complaint, {ComplaintState.ASKED})
    return take_step(
        row,
        StepKind.REFUSED,
        side=ComplaintSide.COOPERATIVE,
        by=by,
        state=ComplaintState.REFUSED,
        time_for=CHOOSE,
        text=text,
        remedy="",
        amount_minor=None,
    )


def require_partial(row: Complaint, amount_minor: int | None) -> None:
    """Raise OfferNotPossible unless an amount is above zero and below the units' price."""
    most = claimed_minor(row)
    if amount_minor is None or not 0 < amount_minor < most:
        order = row.vendor_order.order
        written = Format(get_language() or order.language, order.market)
        raise OfferNotPossible(most=written.money(most, row.vendor_order.currency))


def _require_settled(row: Complaint, by: Actor) -> None:
    if by.kind == "user" and not is_settled_member(row.vendor_order.cooperative, int(by.id)):
        raise OtherMemberSettles
