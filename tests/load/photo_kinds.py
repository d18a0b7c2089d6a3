"""Sixty files as they come from phones, and some that are none; each is made when asked for."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any

from PIL import Image

from tests.catalog.heif_files import heic, single
from tests.catalog.picture_heads import png_that_says

Kinds = dict[str, Callable[[], bytes]]
SIZES = {
    2: (1632, 1224), 12: (4032, 3024), 25: (5760, 4340), 40: (7296, 5472), 48: (8064, 6048),
    50: (8160, 6120), 60: (8944, 6708), 64: (9248, 6936), 87: (10_800, 8100), 108: (12_000, 9000),
    200: (16_320, 12_240),
}  # fmt: skip
_ORIENTATION, _MADE_BY, _PLACE = 0x0112, 0x010F, 0x8825


def picture(megapixels: int, mode: str = "RGB") -> Image.Image:
    """Noise over a gradient: as hard to compress as a photograph."""
    size = SIZES[megapixels]
    grey = Image.effect_noise((512, 512), 40).resize(size)
    if mode == "I;16":
        return grey.convert("I").point(lambda value: value * 256).convert("I;16")
    made = grey.convert("RGB" if mode in ("RGBA", "CMYK", "P") else mode)
    if mode == "RGBA":
        made.putalpha(Image.linear_gradient("L").resize(size))
    return made.convert(mode)


def saved(kind: str, megapixels: int, mode: str = "RGB", **options: Any) -> bytes:
    """A picture in a format of Pillow's."""
    content = io.BytesIO()
    picture(megapixels, mode).save(content, kind, **options)
    return content.getvalue()


def turned(orientation: int) -> bytes:
    """A JPEG that says how the phone was held, by whom it was made, and where."""
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MADE_BY] = orientation, "A phone"
    exif[_PLACE] = {1: "N", 2: (30.0, 25.0, 12.0)}
    return saved("JPEG", 12, exif=exif)


def moving(kind: str, megapixels: int, frames: int = 3) -> bytes:
    """A picture of several: an animation, or a JPEG with others behind it."""
    first = picture(megapixels)
    others = [first.rotate(90 * n) for n in range(1, frames)]
    content = io.BytesIO()
    first.save(content, kind, save_all=True, append_images=others)
    return content.getvalue()


def _jpegs() -> Kinds:
    plain: Kinds = {
        f"JPEG, {size} MP": partial(saved, "JPEG", size, quality=75)
        for size in (2, 12, 50, 64, 108, 200)
    }
    progressive: Kinds = {
        f"JPEG, progressive, {size} MP": partial(saved, "JPEG", size, quality=60, progressive=True)
        for size in (12, 48, 60, 87, 108)
    }
    return (
        plain
        | progressive
        | {f"JPEG, held as {n} of 8": partial(turned, n) for n in range(1, 9)}
        | {
            "JPEG, grey": partial(saved, "JPEG", 12, "L"),
            "JPEG, CMYK": partial(saved, "JPEG", 12, "CMYK"),
            "JPEG, CMYK, 50 MP": partial(saved, "JPEG", 50, "CMYK"),
            "JPEG, all colours in full, 50 MP": partial(saved, "JPEG", 50, subsampling=0),
            "JPEG with others behind it (MPO)": partial(moving, "MPO", 12),
            "JPEG, half of it": lambda: saved("JPEG", 12)[:200_000],
        }
    )


def _heics() -> Kinds:
    plain: Kinds = {
        f"HEIC, {size} MP": partial(heic, *SIZES[size], copies=size < 100)
        for size in (2, 12, 48, 50, 108, 200)
    }
    return (
        plain
        | {f"HEIC, turned by {n} quarters": partial(heic, *SIZES[12], turned=n) for n in (1, 2, 3)}
        | {f"HEIC, mirrored ({n})": partial(heic, *SIZES[12], mirrored=n) for n in (0, 1)}
        | {
            "HEIC with depth and light, 48 MP": partial(heic, *SIZES[48], beside=3),
            "HEIC without tiles, 50 MP": partial(single, *SIZES[50]),
            "HEIC, half of it": lambda: (whole := heic(*SIZES[12], copies=True))[: len(whole) // 2],
        }
    )


def _others() -> Kinds:
    png = {
        f"PNG, {mode}, {size} MP": partial(saved, "PNG", size, mode, compress_level=1)
        for mode, size in (
            ("RGB", 12),
            ("RGB", 25),
            ("RGBA", 12),
            ("RGBA", 25),
            ("P", 12),
            ("L", 12),
            ("I;16", 12),
            ("I;16", 25),
            ("RGB", 40),
        )
    }
    webp = {
        f"WebP, {name}, {size} MP": partial(saved, "WEBP", size, mode, **options)
        for name, mode, size, options in (
            ("lossy", "RGB", 12, {"method": 0}),
            ("lossy", "RGB", 25, {"method": 0}),
            ("transparent", "RGBA", 25, {"method": 0}),
            ("lossless", "RGB", 25, {"lossless": True, "method": 0, "quality": 0}),
            ("lossy", "RGB", 40, {"method": 0}),
        )
    }
    return (
        png
        | webp
        | {
            "WebP that moves, 12 MP": partial(moving, "WEBP", 12),
            "WebP that moves, 25 MP": partial(moving, "WEBP", 25, 2),
            "PNG that says 400 MP": partial(png_that_says, 20_000, 20_000),
            "GIF that moves": partial(moving, "GIF", 2),
            "TIFF": partial(saved, "TIFF", 12),
            "BMP": partial(saved, "BMP", 2),
            "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "PDF": lambda: b"%PDF-1.7\n",
            "a JPEG with a page behind it": lambda: saved("JPEG", 2) + b"<script>alert(1)</script>",
            "empty": lambda: b"",
        }
    )


def all_kinds() -> Kinds:
    """Every kind by its name."""
    return _jpegs() | _heics() | _others()
