"""Stage of reviews: what buyers of the past orders say, some of it answered, some with a photograph.

The products that most of them received have the most reviews, so that some show a score.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from marketplace.core.actors import Actor
from marketplace.demo.pictures import picture
from marketplace.demo.world.chance import stream
from marketplace.demo.world.reviews import Saying, sayings
from marketplace.orders.models import ParcelState, VendorOrderLine
from marketplace.reviews.models import Review
from marketplace.reviews.services.answer import answer_review
from marketplace.reviews.services.write import Given, write_review
from vendors.models import MemberRole, Membership
from vendors.scoping import Crossing

PRODUCTS = 8
OF_EACH = 7
# How many show a photograph of their own.
WITH_PHOTO = 0.25
# At the earliest so many days after the parcel arrived.
TRIED_AFTER = timedelta(days=2)


def make(first: int, last: int, begun_at: datetime) -> None:
    """The reviews of so many products; what was written before is not written again."""
    for lines in _most_received()[first:last]:
        told: dict[str, int] = defaultdict(int)
        for line in lines:
            if not Review.objects.crossing(Crossing.DEMO_WORLD).filter(line=line).exists():
                _write(line, told, begun_at)


def _most_received() -> list[list[VendorOrderLine]]:
    """The lines that arrived of each product, one for each buyer; most first."""
    rows = VendorOrderLine.objects.crossing(Crossing.DEMO_WORLD).filter(
        quantity_delivered__gt=0, quantity_refunded=0
    )
    rows = rows.select_related("vendor_order__order", "vendor_order__cooperative")
    buyers: dict[object, dict[str, VendorOrderLine]] = defaultdict(dict)
    for line in rows.order_by("vendor_order__placed_at", "pk"):
        buyers[line.listing_id].setdefault(line.vendor_order.order.email_key, line)
    found = sorted(buyers.items(), key=lambda item: (-len(item[1]), str(item[0])))
    return [list(lines.values())[:OF_EACH] for _, lines in found[:PRODUCTS]]


def _write(line: VendorOrderLine, told: dict[str, int], begun_at: datetime) -> None:
    order = line.vendor_order.order
    chance = stream("review", str(line.pk))
    said = sayings(order.language)
    saying = said[(told[order.language] + line.position) % len(said)]
    told[order.language] += 1
    given = Given(
        stars=saying.stars,
        text=saying.text,
        name=order.name.split()[0] if order.name else "",
        language=order.language,
        photos=_photos(line, photographed=chance.random() < WITH_PHOTO),
    )
    by = Actor.buyer(order.pk)
    review = write_review(line=line, given=given, seen_from=f"demo {line.pk}", by=by)
    _answer(review, saying)
    _date(review, begun_at, timedelta(days=chance.randrange(10)))


def _photos(line: VendorOrderLine, *, photographed: bool) -> list[bytes]:
    """The product as it stands at the buyer's home."""
    drawn = picture(line.listing_id, at_home=str(line.pk)) if photographed else None
    return [drawn] if drawn else []


def _answer(review: Review, saying: Saying) -> None:
    """A member's answer, where there is one and the review is shown."""
    if not saying.answer or not review.is_shown:
        return
    members = Membership.objects.within(review.cooperative.scope).select_related("user")
    member = members.exclude(role=MemberRole.ACCOUNTANT).first()
    if member:
        answer_review(review=review, text=saying.answer, language=saying.language, by=member.user)


def _date(review: Review, begun_at: datetime, later: timedelta) -> None:
    """The days on which it was written and answered: after the parcel arrived, not all today."""
    parcels = review.line.vendor_order.parcels.filter(state=ParcelState.DELIVERED)
    arrived = parcels.order_by("delivered_at").values_list("delivered_at", flat=True).last()
    written = min((arrived or begun_at) + TRIED_AFTER + later, begun_at)
    review.refresh_from_db()
    answered = min(written + timedelta(days=1), begun_at) if review.answered_at else None
    rows = Review.objects.crossing(Crossing.DEMO_WORLD).filter(pk=review.pk)
    rows.update(
        written_at=written,
        shown_at=written if review.shown_at else None,
        answered_at=answered,
    )
