"""A photograph as an answer: its file, or 404 where a restored shop has the row without it."""

from itertools import chain
from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse

from marketplace.core.private_files import read_private


def photograph(photo: Any, *, cache_control: str) -> FileResponse:
    """The file of a ``ListingPhoto``; raises Http404 without one."""
    try:
        file = photo.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(file, content_type="image/jpeg", headers={"Cache-Control": cache_control})


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
