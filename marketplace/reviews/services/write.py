"""A buyer writes a review of a line of an order, or changes it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.files import undone_together
from marketplace.core.person_names import plain_line
from marketplace.core.throttle import Use, require
from marketplace.orders.models import Order, VendorOrderLine
from marketplace.reviews.eligibility import require_reviewable
from marketplace.reviews.errors import NoStars, ReviewedBefore
from marketplace.reviews.events import ReviewShown
from marketplace.reviews.models import MOST_STARS, HeldFor, Review, ReviewState
from marketplace.reviews.ratings import recount
from marketplace.reviews.screening import reasons_to_hold
from marketplace.reviews.services.photos import delete_photos, save_photos
from marketplace.reviews.texts import LONGEST_NAME, clean_words, language_of
from vendors.scoping import CooperativeScope, Crossing


@dataclass(frozen=True)
class Given:
    """What a buyer gave: ``name`` is shown with it and may be empty.

    ``photos`` are JPEG as ``catalog.photo_files`` makes them, and take the place of those before;
    ``removes_photos`` takes those away without others.
    """

    stars: int
    text: str = ""
    name: str = ""
    language: str = "fr"
    photos: Sequence[bytes] = ()
    removes_photos: bool = False


def write_review(*, line: VendorOrderLine, given: Given, seen_from: str, by: Actor) -> Review:
    """Write it, or change what the same buyer wrote of this line; what stays the same is kept.

    ``seen_from`` is the network address. Shown at once unless a rule leaves it to a person. Raises
    NotReceived, TooLateToReview (a first one only), OwnProduct, ReviewedBefore, NoStars,
    ReviewTooLong, and TooSoon above a limit of the order or of the address.
    """
    if not 1 <= given.stars <= MOST_STARS:
        raise NoStars
    given = replace(
        given, text=clean_words(given.text), name=plain_line(given.name)[:LONGEST_NAME].strip()
    )
    order = line.vendor_order.order
    require(Use("review_order", str(order.pk)), Use("review_address", seen_from))
    try:
        with undone_together(), transaction.atomic():
            return _written(line, order, given, by)
    except IntegrityError:
        # At the same moment the same buyer reviewed the same product of another order.
        raise ReviewedBefore(number=_other_order(line, order)) from None


def _written(line: VendorOrderLine, order: Order, given: Given, by: Actor) -> Review:
    # Of two that arrive at once the second changes what the first has written.
    _lock(line)
    known = _own(line, order)
    row = known or _new(line, order)
    _change(row, given, is_new=known is None)
    recount(row.listing_id)
    audit.record("review.written", row, by=by, state=row.state, stars=row.stars)
    return row


def _lock(line: VendorOrderLine) -> None:
    rows = VendorOrderLine.objects.within(CooperativeScope(line.vendor_order.cooperative_id))
    rows.select_for_update(of=("self",)).get(pk=line.pk)


def _own(line: VendorOrderLine, order: Order) -> Review | None:
    """The review of this line; raises ReviewedBefore when the buyer's is of another order."""
    rows = Review.objects.crossing(Crossing.BUYER_ORDER)
    found: Review | None = rows.select_for_update().filter(line=line).first()
    if found is not None:
        return found
    if number := _other_order(line, order):
        raise ReviewedBefore(number=number)
    return None


def _other_order(line: VendorOrderLine, order: Order) -> str:
    """The number of the order with which the same buyer reviewed the product; empty for none."""
    rows = Review.objects.crossing(Crossing.BUYER_ORDER)
    found = rows.filter(listing_id=line.listing_id, buyer_key=key_of(order)).exclude(line=line)
    other: Review | None = found.select_related("line__vendor_order__order").first()
    return str(other.line.vendor_order.order.number) if other else ""


def _new(line: VendorOrderLine, order: Order) -> Review:
    now = timezone.now()
    require_reviewable(line, order, now)
    part = line.vendor_order
    return Review(
        programme_id=part.programme_id,
        cooperative_id=part.cooperative_id,
        listing_id=line.listing_id,
        line=line,
        buyer_key=key_of(order),
        market=order.market,
        state=ReviewState.WITHDRAWN,
        written_at=now,
    )


def key_of(order: Order) -> str:
    """What tells a buyer from others: the hash of the address, or the order itself."""
    return order.email_key or order.pk.hex


# long: what a change does to each field
def _change(row: Review, given: Given, *, is_new: bool) -> None:
    now = timezone.now()
    was_hidden = bool(row.hidden_reason)
    row.stars, row.text, row.name = given.stars, given.text, given.name
    row.language = language_of(given.text, given.language)
    row.held_for = _held_for(row, was_hidden=was_hidden)
    row.state = ReviewState.HELD if row.held_for else ReviewState.SHOWN
    row.changed_at = None if is_new else now
    is_first_shown = row.is_shown and row.shown_at is None
    if is_first_shown:
        row.shown_at = now
    if given.photos or given.removes_photos:
        row.shows_photos = False
        if not is_new:
            delete_photos(row)
    row.save(force_insert=is_new)
    save_photos(row, given.photos)
    if row.is_shown:
        shown = ReviewShown(
            aggregate_id=row.pk, occurred_at=now, is_new=is_first_shown, was_held=False
        )
        publish(shown)


def _held_for(row: Review, *, was_hidden: bool) -> list[str]:
    countries = [row.cooperative.country_code, row.line.vendor_order.order.country_code]
    found = reasons_to_hold([row.text, row.name], countries=countries)
    copied = Review.objects.crossing(Crossing.BUYER_ORDER).filter(
        buyer_key=row.buyer_key, text=row.text
    )
    if row.text and copied.exclude(pk=row.pk).exists():
        found.append(str(HeldFor.COPIED))
    if was_hidden:
        found.append(str(HeldFor.HIDDEN_BEFORE))
    return found
