"""WebP photographs, decoded once: Pillow's own way holds four copies of every pixel at a time."""

import ctypes
from typing import Any

from PIL import Image, _webp

from catalog.photo_heads import size_within

# The extension was linked with libwebp: its functions are found through it.
_lib = ctypes.CDLL(_webp.__file__)
_lib.WebPDecodeRGBA.restype = ctypes.c_void_p
_lib.WebPDecodeRGBA.argtypes = [
    ctypes.c_char_p,
    ctypes.c_size_t,
    ctypes.POINTER(ctypes.c_int),
    ctypes.POINTER(ctypes.c_int),
]
_lib.WebPFree.argtypes = [ctypes.c_void_p]


def small_webp(data: bytes, side: int) -> Image.Image:
    """A picture that does not move, at most ``side`` a side; raises ValueError.

    libwebp does not say whether it found no memory or no picture.
    """
    width, height = ctypes.c_int(), ctypes.c_int()
    pixels = _lib.WebPDecodeRGBA(data, len(data), ctypes.byref(width), ctypes.byref(height))
    if not pixels:
        raise ValueError("no picture")
    try:
        size = width.value, height.value
        buffer: Any = (ctypes.c_char * (4 * size[0] * size[1])).from_address(pixels)
        picture = Image.frombuffer("RGBX", size, buffer, "raw", "RGBX", 0, 1)
        smaller = size_within(*size, side)
        part = picture.resize(smaller, Image.Resampling.LANCZOS, reducing_gap=2.0)
    finally:
        _lib.WebPFree(pixels)
    return Image.merge("RGBA", part.split())
