"""A photograph as an answer: its file, or 404 where a restored shop has the row without it."""

from itertools import chain
from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse

from catalog.photo_sizes import open_in_width
from marketplace.core.private_files import read_private


def photograph(photo: Any, *, cache_control: str, width: int | None = None) -> FileResponse:
    """The file of a ``ListingMedia``, or its copy in a width; raises Http404 without one."""
    try:
        file = open_in_width(photo, width) if width else photo.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind = "image/webp" if width else "image/jpeg"
    return FileResponse(file, content_type=kind, headers={"Cache-Control": cache_control})


def private_photograph(photo: Any) -> StreamingHttpResponse:
    """The file of a ``ComplaintPhoto``, for whoever may see it now; raises Http404 without one."""
    chunks = read_private(photo.stored_at)
    try:
        first = next(chunks)
    except (OSError, StopIteration) as missing:
        raise Http404 from missing
    response = StreamingHttpResponse(chain([first], chunks), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response
