"""Photographs: our own files, uploaded again to the products that show them."""

from catalog.models import Listing, ListingRevision, RevisionState
from catalog.publishing.media import write_media
from marketplace.core.errors import TwizaError
from marketplace.moving.progress import Course
from marketplace.saleor import ids
from vendors.scoping import Crossing

STEP = "media"


def move(course: Course) -> None:
    """Upload the pictures of each listing that has some."""
    rows = ListingRevision.objects.crossing(Crossing.OPERATOR_COMMAND)
    applied = rows.filter(state=RevisionState.APPLIED).select_related("listing")
    made = ids.global_ids(ids.PRODUCT, course.source.known(ids.PRODUCT))
    done = course.moved(STEP)
    wanted = [r for r in applied if r.proposed.media and r.listing_id in made]
    for place, revision in enumerate(wanted, start=1):
        if revision.listing_id not in done:
            _upload(course, revision.listing, revision, made[revision.listing_id])
        if place % 20 == 0 or place == len(wanted):
            course.tell(f"media: listings {place} of {len(wanted)}")


def _upload(course: Course, listing: Listing, revision: ListingRevision, product_id: str) -> None:
    key = listing.pk
    try:
        write_media(course.client, product_id, listing, revision.proposed)
    except (TwizaError, OSError) as error:
        course.refuse(STEP, key, listing.slug, str(error))
        return
    course.note(STEP, [(key, listing.slug)])
