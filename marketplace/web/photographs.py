"""A photograph as an answer: its file, or 404 where a restored shop has the row without it."""

from typing import Any

from django.http import FileResponse, Http404


def photograph(photo: Any, *, cache_control: str) -> FileResponse:
    """The file of a ``ListingPhoto``; raises Http404 without one."""
    try:
        file = photo.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(file, content_type="image/jpeg", headers={"Cache-Control": cache_control})
