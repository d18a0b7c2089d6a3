"""Pictures of the catalogue: stored under the media root, served by the transport."""

import io
import mimetypes
import secrets
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from PIL import Image

from marketplace.core.files import whole_file
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import Shop

MAX_BYTES = 10 * 1024 * 1024
THUMBNAIL_SIZES = (32, 64, 128, 256, 512, 1024, 2048, 4096)
_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".gif"}


# By whether it is a JPEG, which alone is made smaller while it is decoded.
MOST_PIXELS = {True: 80_000_000, False: 40_000_000}
# What Pillow raises for a file that is no picture, or a bomb.
PICTURE_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class File(NamedTuple):
    """A file to serve."""

    content: bytes
    content_type: str


def root() -> Path:
    """Return the directory of the engine's files."""
    return Path(str(settings.EMBEDDED_ENGINE["MEDIA_ROOT"])).resolve()


def save_image(upload: Any, *, folder: str) -> str:
    """Store an uploaded picture and return its path under the media root.

    Refuses INVALID for a file that is not a picture, FILE_SIZE_LIMIT_EXCEEDED above 10 MB.
    """
    content = upload.read()
    if len(content) > MAX_BYTES:
        raise refuse("FILE_SIZE_LIMIT_EXCEEDED", "The file is too large.", field="image")
    try:
        with Image.open(io.BytesIO(content), formats=[*_FORMATS]) as picture:
            picture.verify()
            suffix = _FORMATS.get(picture.format or "")
            if picture.width * picture.height > MOST_PIXELS[picture.format == "JPEG"]:
                raise refuse("INVALID", "Too many pixels.", field="image")
    except PICTURE_ERRORS as error:
        raise refuse("INVALID", "Invalid file type.", field="image") from error
    if suffix is None:
        raise refuse("INVALID", "Invalid file type.", field="image")
    name = f"{folder}/{secrets.token_hex(8)}{suffix}"
    target = root() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(target) as file:
        file.write(content)
    return name


def url_of(context: RequestContext, name: str, size: int | None = None) -> str:
    """Return the address of a stored picture, at most `size` pixels wide and high if given."""
    if "domain" not in context.cache:
        context.cache["domain"] = Shop.current().domain
    prefix = f"http://{context.cache['domain']}"
    if not size:
        return f"{prefix}/media/{name}"
    fitting = min(THUMBNAIL_SIZES, key=lambda each: abs(each - size))
    return f"{prefix}/thumbnail/{fitting}/{name}"


def read(name: str) -> File | None:
    """Return a stored file; None when there is none under the media root."""
    path = (root() / name).resolve()
    if not path.is_relative_to(root()) or not path.is_file():
        return None
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(path.read_bytes(), kind)


def thumbnail(name: str, size: int) -> File | None:
    """Return a smaller version of a stored picture, made once and kept."""
    kept = f"thumbnails/{size}/{name}"
    if found := read(kept):
        return found
    original = read(name)
    if original is None or size not in THUMBNAIL_SIZES:
        return None
    with Image.open(io.BytesIO(original.content)) as picture:
        if max(picture.size) <= size:
            return original
        picture.thumbnail((size, size))
        target = root() / kept
        target.parent.mkdir(parents=True, exist_ok=True)
        picture.save(target, format=picture.format or "PNG")
    return read(kept)
