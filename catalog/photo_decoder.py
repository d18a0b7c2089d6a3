"""Reads one photograph in a process of its own, with little memory and time.

Decoders of pictures are large programs in C, and a small file can ask for gigabytes: what goes
wrong here ends this process and nothing else. The file comes on standard input; the JPEG, or a line
that says why there is none, goes to standard output.
"""

import io
import resource
import sys

import pi_heif
from PIL import Image, ImageOps

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 30
SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# A JPEG is made smaller while it is decoded; the others need memory for every pixel.
MOST_MEGAPIXELS = {"JPEG": 220, "MPO": 220, "HEIF": 52}
USUAL_MEGAPIXELS = 25
# What a progressive JPEG's coefficients take, in bytes a pixel, at worst: three times two.
COEFFICIENT_BYTES = 6
# Left for the rest of the work.
SPARE_BYTES = 100 * 1024 * 1024


def main() -> None:
    """Read standard input; write the JPEG, or ``pixels WIDTH HEIGHT MOST``, or ``unreadable``."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Its own check of size is replaced by ours, which knows the format.
    Image.MAX_IMAGE_PIXELS = None
    pi_heif.register_heif_opener(thumbnails=False)
    try:
        answer = _answer(sys.stdin.buffer.read())
    except Exception as error:  # noqa: BLE001 -- whatever a broken file does, it is a broken file
        sys.stderr.write(f"{type(error).__name__}: {error}"[:200])
        answer = b"unreadable"
    sys.stdout.buffer.write(answer)


def _answer(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        most = _most_pixels(picture)
        if picture.width * picture.height > most:
            return b"pixels %d %d %d" % (picture.width, picture.height, most // 1_000_000)
        return _small_jpeg(picture)


def _most_pixels(picture: Image.Image) -> int:
    """The number of pixels that can be decoded within the memory; known from the file's head."""
    most = MOST_MEGAPIXELS.get(picture.format or "", USUAL_MEGAPIXELS) * 1_000_000
    if picture.info.get("progressive"):
        return min(most, (MEMORY_BYTES - SPARE_BYTES) // COEFFICIENT_BYTES)
    return most


def _small_jpeg(picture: Image.Image) -> bytes:
    picture.draft("RGB", (SIDE, SIDE))
    picture.thumbnail((SIDE, SIDE), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):  # grey in sixteen bits
        upright = upright.point(lambda value: value / 256).convert("L")
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        upright = Image.new("RGBA", layer.size, "white")
        upright.alpha_composite(layer)
    clean = io.BytesIO()
    # A new picture: nothing that the file said beside its pixels goes along.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright.convert("RGB"))
    bare.save(clean, "JPEG", quality=85, optimize=True)
    return clean.getvalue()


if __name__ == "__main__":
    main()
