"""Photographs of published listings; buyers get 404 for any other."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from catalog.photos import published_photo
from marketplace.core.picture_sizes import WIDTHS
from marketplace.reviews.queries import shown_photo
from marketplace.web.photographs import photograph
from vendors.queries import shown_photo as shown_photo_of_person

# A file never changes under its address, so browsers may keep it for good. Shared caches keep it
# for a day, so that a withdrawn one is soon gone there.
FOREVER = "public, max-age=31536000, s-maxage=86400, immutable"
# One of a review or a person may be hidden or withdrawn: it is gone from everywhere within a day.
A_DAY = "public, max-age=86400"


@require_safe
def show_photo(request: HttpRequest, photo_id: UUID) -> FileResponse:  # noqa: ARG001
    """The photograph as it was saved."""
    photo = published_photo(photo_id)
    if photo is None:
        raise Http404
    return photograph(photo, cache_control=FOREVER)


@require_safe
def show_in_width(request: HttpRequest, photo_id: UUID, width: int) -> FileResponse:  # noqa: ARG001
    """The photograph in one of the widths that pages name."""
    photo = published_photo(photo_id) if width in WIDTHS else None
    if photo is None:
        raise Http404
    return photograph(photo, cache_control=FOREVER, width=width)


@require_safe
def show_of_review(request: HttpRequest, photo_id: UUID, width: int) -> FileResponse:  # noqa: ARG001
    """A photograph of a review that the shop shows, in one of the widths."""
    photo = shown_photo(photo_id) if width in WIDTHS else None
    if photo is None:
        raise Http404
    return photograph(photo, cache_control=A_DAY, width=width)


@require_safe
def show_of_person(request: HttpRequest, photo_key: UUID, width: int) -> FileResponse:  # noqa: ARG001
    """The photograph of a member whom a published cooperative presents, in one of the widths."""
    member = shown_photo_of_person(photo_key) if width in WIDTHS else None
    if member is None:
        raise Http404
    return photograph(member, cache_control=A_DAY, width=width)
