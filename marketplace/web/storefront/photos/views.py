"""Photographs of published listings; buyers get 404 for any other."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from catalog.photos import published_photo
from marketplace.web.photographs import photograph


@require_safe
def show_photo(request: HttpRequest, photo_id: UUID) -> FileResponse:  # noqa: ARG001
    """The file. It never changes under its address, so browsers may keep it for good.

    Shared caches keep it for a day, so that a withdrawn one is soon gone there.
    """
    photo = published_photo(photo_id)
    if photo is None:
        raise Http404
    forever = "public, max-age=31536000, s-maxage=86400, immutable"
    return photograph(photo, cache_control=forever)
