"""Reviews in tests: a product that arrived with a buyer, and what the buyer says of it."""

from typing import Any
from uuid import uuid4

from catalog.models import ListingPage
from marketplace.core.actors import Actor
from marketplace.orders.buyer_keys import email_key
from marketplace.orders.models import Order, VendorOrder, VendorOrderLine
from marketplace.reviews.models import Review
from marketplace.reviews.services import Given, write_review
from tests.orders.complaining import arrived
from tests.orders.world import World
from vendors.scoping import Crossing


def honey_of(world: World, email: str = "salma@example.org", **more: Any) -> VendorOrderLine:
    """A jar of honey that arrived with a buyer."""
    order = world.placed(honey=1)
    order.email, order.email_key = email, email_key(email)
    order.save(update_fields=["email", "email_key"])
    return line_of(arrived(world, order, world.growers, **more))


def line_of(part: VendorOrder) -> VendorOrderLine:
    found: VendorOrderLine = part.lines.select_related(
        "vendor_order__order", "vendor_order__cooperative"
    ).get()
    return found


def reviewed(line: VendorOrderLine, stars: int = 5, text: str = "Très bon", **more: Any) -> Review:
    """What the buyer of a line says of it."""
    given = Given(stars=stars, text=text, **more)
    return write_review(
        line=line, given=given, seen_from="192.0.2.1", by=Actor.buyer(order_of(line).pk)
    )


def order_of(line: VendorOrderLine) -> Order:
    found: Order = line.vendor_order.order
    return found


def now(review: Review) -> Review:
    """The review as it is now."""
    found: Review = Review.objects.crossing(Crossing.POLICY).get(pk=review.pk)
    return found


def page_of(line: VendorOrderLine) -> ListingPage:
    """The page of the line's product."""
    return ListingPage.objects.get(listing_id=line.listing_id)


def of_another_buyer(line: VendorOrderLine, email: str) -> VendorOrderLine:
    """The same product that arrived with somebody else: copies of the rows, which is quicker."""
    copied = VendorOrderLine.objects.crossing(Crossing.POLICY).get(pk=line.pk)
    part, order = line.vendor_order, line.vendor_order.order
    parcel = part.parcels.get()
    order = Order.objects.get(pk=order.pk)
    for row in (order, part := type(part).objects.crossing(Crossing.POLICY).get(pk=part.pk)):
        row.pk, row._state.adding = uuid4(), True
    order.number, order.email, order.email_key = uuid4().hex[:20], email, email_key(email)
    order.checkout_id = uuid4()
    order.save()
    part.order, part.number = order, uuid4().hex[:20]
    part.save()
    copied.pk, copied._state.adding, copied.vendor_order = uuid4(), True, part
    copied.save()
    parcel.pk, parcel._state.adding, parcel.vendor_order = uuid4(), True, part
    parcel.save()
    return copied


def five(world: World, *stars: int) -> list[Review]:
    """Reviews of as many buyers, with these stars or five each."""
    first = honey_of(world, "buyer0@example.org")
    lines = [first]
    given = stars or (5, 5, 5, 5, 5)
    lines += [of_another_buyer(first, f"buyer{n}@example.org") for n in range(1, len(given))]
    return [
        reviewed(line, each, f"Avis {n}")
        for n, (line, each) in enumerate(zip(lines, given, strict=True))
    ]
