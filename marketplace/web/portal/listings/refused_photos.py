"""The reasons why photographs were refused, carried from saving a listing to its form.

They wait in the person's session, of one listing only, and are shown once.
"""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest

from catalog.photo_files import RefusedPhoto

_KEY = "refused_photos"
# More are not listed: a thousand wrong files would fill the session.
MOST_TOLD = 20


def carry_refused(request: HttpRequest, listing_id: UUID, refused: Sequence[RefusedPhoto]) -> None:
    """Keep the reasons for the next time that the listing's form is shown."""
    reasons = [str(photo) for photo in refused[:MOST_TOLD]]
    request.session[_KEY] = {"listing": str(listing_id), "reasons": reasons}


def take_refused(request: HttpRequest, listing_id: UUID) -> list[str]:
    """The reasons carried for this listing, once; none for another listing."""
    carried = request.session.get(_KEY) or {}
    if carried.get("listing") != str(listing_id):
        return []
    del request.session[_KEY]
    return [str(reason) for reason in carried["reasons"]]
