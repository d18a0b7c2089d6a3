"""How much one visitor may keep from others without buying it.

A checkout keeps stock for half an hour. Kept again and again, the last piece of a product would be
nobody's. What counts is the share of what is left, in percent: of a thousand jars nobody notices
one, of a last rug it is all. What is bought is given back.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils import timezone

from catalog.queries import Offer
from marketplace.core.throttle import Use, release, require
from marketplace.orders.models import Basket, BasketLine, CheckoutAttempt

# A smaller share keeps nothing from anybody.
NOTICED_PERCENT = 10
WHOLE = 100


def count_checkout(basket: Basket, seen_from: str) -> None:
    """Count a begun checkout of a visitor; raises TooSoon."""
    uses = [Use("checkout_visitor", str(basket.pk))]
    if seen_from:
        uses.append(Use("checkout_address", seen_from))
    require(*uses)


def count_reservation(
    basket: Basket, sold: Iterable[tuple[BasketLine, Offer]], seen_from: str
) -> None:
    """Count what is about to be kept for a basket beyond what is kept for it already.

    Raises TooSoon.
    """
    kept = _kept(basket)
    uses: list[Use] = []
    for row, offer in sold:
        more = row.quantity - kept.get(row.variant_id, 0)
        left = max(offer.available, more)
        percent = -(-WHOLE * more // left) if more > 0 else 0
        if percent >= NOTICED_PERCENT:
            uses += _uses(str(basket.pk), seen_from, row.variant_id, percent)
    require(*uses)


def give_back_bought(attempt: CheckoutAttempt) -> None:
    """A buyer who bought keeps nothing from others: she may buy the next piece as well."""
    for line in attempt.lines:
        variant_id = UUID(line["variant_id"])
        release(*_uses(str(attempt.basket_id or ""), attempt.seen_from, variant_id, WHOLE))


def _kept(basket: Basket) -> dict[UUID, int]:
    """What is kept for the basket now: variant → quantity."""
    attempt = basket.attempts.filter(reserved_until__gt=timezone.now()).order_by("-created_at")
    latest = attempt.first()
    lines = latest.lines if latest else []
    return {UUID(line["variant_id"]): line["quantity"] for line in lines}


def _uses(basket: str, seen_from: str, variant_id: UUID, percent: int) -> Iterator[Use]:
    if basket:
        yield Use("reservation_visitor", f"{basket} {variant_id}", percent)
    if seen_from:
        yield Use("reservation_address", f"{seen_from} {variant_id}", percent)
