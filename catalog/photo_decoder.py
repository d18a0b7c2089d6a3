"""Reads one photograph in a process of its own, with little memory and time.

Decoders of pictures are large programs in C, and a small file can ask for gigabytes: what goes
wrong here ends this process and nothing else. The file comes on standard input; the JPEG, or a line
that says why there is none, goes to standard output. What a picture will take is reckoned from its
head first, so that one that is too large is named and not ended halfway.
"""

import io
import resource
import sys

from PIL import Image, ImageOps

from catalog.heif_pictures import TooManyPixels, is_heif, small_heif
from catalog.photo_heads import jpeg_frame, webp_canvas
from catalog.webp_pictures import small_webp

# What the process writes to: its own data. Libraries, which all processes share, are about 25 MB
# more; address space that is never touched does not count.
MEMORY_BYTES = 270 * 1024 * 1024
CPU_SECONDS = 30
SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
# A JPEG is made smaller while it is decoded; the others need memory for every pixel.
MOST_MEGAPIXELS = {"JPEG": 220, "MPO": 220}
USUAL_MEGAPIXELS = 25
# Pillow holds four copies of a picture that moves.
MOST_ANIMATED_MEGAPIXELS = 13
# Left for Python, the file itself and the smaller picture.
SPARE_BYTES = 60 * 1024 * 1024


def main() -> None:
    """Read standard input; write the JPEG, or ``pixels WIDTH HEIGHT MOST``, or another reason.

    The reasons: ``memory`` where it does not suffice, ``unreadable`` for the others.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Its own check of size is replaced by ours, which knows the format.
    Image.MAX_IMAGE_PIXELS = None
    try:
        answer = _answer(sys.stdin.buffer.read())
    except TooManyPixels as error:
        width, height, most = error.args
        answer = b"pixels %d %d %d" % (width, height, most // 1_000_000)
    except MemoryError:
        answer = b"memory"
    except Exception as error:  # noqa: BLE001 -- whatever a broken file does, it is a broken file
        sys.stderr.write(f"{type(error).__name__}: {error}"[:200])
        # Pillow's word where a decoder of its own finds none.
        answer = b"memory" if "memory" in str(error) else b"unreadable"
    sys.stdout.buffer.write(answer)


def _answer(data: bytes) -> bytes:
    if is_heif(data):
        return _small_jpeg(small_heif(data, SIDE))
    if data[8:12] == b"WEBP":
        return _of_webp(data)
    frame = jpeg_frame(data) if data.startswith(b"\xff\xd8") else None
    if frame and frame.coefficient_bytes > MEMORY_BYTES - SPARE_BYTES - len(data):
        raise MemoryError
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        most = MOST_MEGAPIXELS.get(picture.format or "", USUAL_MEGAPIXELS)
        _require_pixels(picture.width, picture.height, most)
        return _small_jpeg(picture)


def _of_webp(data: bytes) -> bytes:
    canvas = webp_canvas(data)
    if canvas is None:
        raise ValueError("no head of a WebP")
    most = MOST_ANIMATED_MEGAPIXELS if canvas.is_animated else USUAL_MEGAPIXELS
    _require_pixels(canvas.width, canvas.height, most)
    if canvas.is_animated:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            return _small_jpeg(picture)
    small = small_webp(data, SIDE)
    if canvas.exif:
        small.getexif().load(canvas.exif)
    return _small_jpeg(small)


def _require_pixels(width: int, height: int, most: int) -> None:
    if width * height > most * 1_000_000:
        raise TooManyPixels(width, height, most * 1_000_000)


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
