"""Uploaded photographs, read one at a time within limits: what a page does before it saves any.

``read_photos`` gives the readable ones as JPEG, and the refused ones by name with the reason; both
can be kept until the rest of a form is right.
"""

from collections.abc import Iterable
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, NamedTuple

from catalog.errors import (
    PhotoRefused,
    PhotosBusy,
    PhotoTooLarge,
    PhotoTooManyPixels,
    PhotoTooSlow,
    TooManyPhotos,
)
from marketplace.core.limited_programs import Ended, answer_of

# The largest that phones write, at 108 megapixels, are about 30 MB.
LARGEST_BYTES = 40 * 1024 * 1024
MOST_PHOTOS = 8
# All photographs of one form: a few from the largest cameras, or all of the usual kind.
LARGEST_UPLOAD = 4 * LARGEST_BYTES
_MOST_OPENED = 2 * MOST_PHOTOS
_LONGEST_NAME = 60
_WAIT_SECONDS = 60
_DECODER = Path(__file__).with_name("photo_decoder.py")
_JPEG_BEGINS = b"\xff\xd8"
# One at a time in each process: eight large photographs do not add up.
_one_at_a_time = BoundedSemaphore()


class RefusedPhoto(NamedTuple):
    """A photograph that was not taken: the name of its file, and why."""

    name: str
    error: PhotoRefused

    def __str__(self) -> str:
        # The isolates keep a name in another script from turning the sentence around.
        return f"\N{FIRST STRONG ISOLATE}{self.name}\N{POP DIRECTIONAL ISOLATE}: {self.error}"


def read_photos(
    uploads: Iterable[IO[bytes]], *, room: int = MOST_PHOTOS
) -> tuple[list[bytes], list[RefusedPhoto]]:
    """The readable photographs as JPEG, at most ``room`` of them, and the refused ones."""
    taken: list[bytes] = []
    refused: list[RefusedPhoto] = []
    for number, upload in enumerate(uploads):
        try:
            if len(taken) >= room or number >= _MOST_OPENED:
                raise TooManyPhotos({"photo": TooManyPhotos.message})
            taken.append(safe_jpeg(upload))
        except PhotoRefused as error:
            name = str(getattr(upload, "name", "") or "?")
            refused.append(RefusedPhoto(name[-_LONGEST_NAME:], error))
    return taken, refused


def safe_jpeg(upload: IO[bytes]) -> bytes:
    """A JPEG of at most 1600 pixels a side, turned upright, without metadata.

    No metadata of the file (place, camera, owner, hidden data) is kept. Raises PhotoRefused.
    """
    size = getattr(upload, "size", None)
    data = b"" if size and size > LARGEST_BYTES else upload.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES or (size and size > LARGEST_BYTES):
        raise PhotoTooLarge({"photo": PhotoTooLarge.message})
    if not _one_at_a_time.acquire(timeout=_WAIT_SECONDS):
        raise PhotosBusy({"photo": PhotosBusy.message})
    try:
        answer = _decoded(data)
    finally:
        _one_at_a_time.release()
    if answer.startswith(b"pixels "):
        width, height, most = answer.decode("ascii").split()[1:]
        raise PhotoTooManyPixels(width=width, height=height, most=most)
    if answer == b"memory":
        raise PhotoTooSlow({"photo": PhotoTooSlow.message})
    if not answer.startswith(_JPEG_BEGINS):
        raise PhotoRefused({"photo": PhotoRefused.message})
    return answer


def _decoded(data: bytes) -> bytes:
    """What the decoder wrote; raises PhotoTooSlow when it was ended."""
    try:
        return answer_of(_DECODER, data, seconds=_WAIT_SECONDS)
    except Ended as error:
        raise PhotoTooSlow({"photo": PhotoTooSlow.message}) from error
