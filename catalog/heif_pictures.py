"""HEIC photographs, decoded tile by tile: what they take does not grow with their pixels.

Phones store a photograph of 12 to 200 megapixels as a grid of small pictures. libheif, which comes
with ``pi_heif``, can decode one of them at a time (its Python interface cannot). Only the primary
picture is read: depth, gain maps and the others beside it are not.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import _pi_heif
from PIL import Image

from catalog.photo_heads import size_within

# What is put together of all tiles, made smaller, and one picture that has no tiles.
MOST_PUT_TOGETHER = 20_000_000
MOST_UNTILED = 26_000_000
_RGB, _INTERLEAVED_RGBA, _INTERLEAVED = 1, 11, 10
_NO_MEMORY = 6
# Of the options of decoding only what is set here; libheif allocates the rest.
_Pointer = ctypes.c_void_p


class TooManyPixels(Exception):
    """The picture cannot be decoded within the memory: its width, its height, and the limit."""


class _Error(ctypes.Structure):
    _fields_ = (("code", ctypes.c_int), ("detail", ctypes.c_int), ("message", ctypes.c_char_p))


class _Options(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_uint8),
        ("ignore_transformations", ctypes.c_uint8),
        ("progress", _Pointer * 4),
        ("to_eight_bits", ctypes.c_uint8),
    )


class _Tiling(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        *((name, ctypes.c_uint32) for name in ("columns", "rows", "tile_width", "tile_height")),
        *((name, ctypes.c_uint32) for name in ("width", "height", "top", "left")),
        ("extra_dimensions", ctypes.c_uint8),
        ("extra_sizes", ctypes.c_uint32 * 8),
    )


class _Grid(NamedTuple):
    """Where the tiles of a picture are, and how many pixels become one, each way."""

    tiling: Any
    factor: int

    @property
    def size(self) -> tuple[int, int]:
        wide = self.tiling.columns * self.tiling.tile_width
        high = self.tiling.rows * self.tiling.tile_height
        return -(-wide // self.factor), -(-high // self.factor)


# The extension was linked with libheif: its functions are found through it.
_lib = ctypes.CDLL(_pi_heif.__file__)
for _name in ("context_alloc", "decoding_options_alloc", "image_get_plane_readonly"):
    getattr(_lib, f"heif_{_name}").restype = _Pointer
for _name in (
    "context_read_from_memory_without_copy",
    "context_get_primary_image_handle",
    "image_handle_get_image_tiling",
    "image_handle_decode_image_tile",
    "decode_image",
):
    getattr(_lib, f"heif_{_name}").restype = _Error


def is_heif(data: bytes) -> bool:
    """Whether the file says that it is one; libheif decides whether it is."""
    return data[4:8] == b"ftyp"


def small_heif(data: bytes, side: int) -> Image.Image:
    """The primary picture, upright, at most ``side`` a side; raises TooManyPixels and ValueError.

    MemoryError says that libheif found none.
    """
    with _handle_of(data) as handle:
        grid = _grid_of(handle, side)
        whole = Image.new("RGBX", grid.size)
        for column, row in _positions(grid.tiling):
            with _decoded(handle, grid.tiling, column, row) as piece:
                part = piece.reduce(grid.factor)
            at = grid.tiling.tile_width // grid.factor * column
            whole.paste(part, (at, grid.tiling.tile_height // grid.factor * row))
    return _cut(whole, grid, side)


def _cut(whole: Image.Image, grid: _Grid, side: int) -> Image.Image:
    """Without what tiles have beyond the picture, as large as it is to be."""
    tiling, factor = grid
    size = size_within(tiling.width, tiling.height, side)
    left, top = tiling.left / factor, tiling.top / factor
    box = (left, top, left + tiling.width / factor, top + tiling.height / factor)
    kept = whole.resize(size, Image.Resampling.LANCZOS, box=box)
    return Image.merge("RGBA", kept.split())


def _grid_of(handle: _Pointer, side: int) -> _Grid:
    tiling = _tiling_of(handle)
    longest, tiles = max(tiling.width, tiling.height), tiling.columns * tiling.rows
    if not longest or not tiles:
        raise ValueError("an empty picture")
    factor = 1
    while longest // (factor * 2) >= side and _divides(tiling, factor * 2, tiles):
        factor *= 2
    grid = _Grid(tiling, factor)
    pixels = tiling.tile_width * tiling.tile_height
    if pixels > MOST_UNTILED or grid.size[0] * grid.size[1] > MOST_PUT_TOGETHER:
        raise TooManyPixels(tiling.width, tiling.height, MOST_UNTILED)
    return grid


def _tiling_of(handle: _Pointer) -> _Tiling:
    """The tiles as they lie when the picture is upright."""
    tiling = _Tiling()
    _require(_lib.heif_image_handle_get_image_tiling(handle, 1, ctypes.byref(tiling)))
    coded = (_lib.heif_image_handle_get_ispe_width, _lib.heif_image_handle_get_ispe_height)
    if sorted(size(handle) for size in coded) != sorted((tiling.width, tiling.height)):
        # A part is cut out: where the tiles lie then is not said reliably.
        tiling.columns = tiling.rows = 1
        tiling.tile_width, tiling.tile_height = tiling.width, tiling.height
    # What tiles have beyond the picture is on one side. libheif says on which, but not how much.
    tiling.left = tiling.columns * tiling.tile_width - tiling.width if tiling.left else 0
    tiling.top = tiling.rows * tiling.tile_height - tiling.height if tiling.top else 0
    return tiling


def _divides(tiling: _Tiling, factor: int, tiles: int) -> bool:
    """Whether the tiles still meet when each is made smaller by this factor."""
    return tiles == 1 or not (tiling.tile_width % factor or tiling.tile_height % factor)


def _positions(tiling: _Tiling) -> Iterator[tuple[int, int]]:
    return ((column, row) for row in range(tiling.rows) for column in range(tiling.columns))


@contextmanager
def _handle_of(data: bytes) -> Iterator[_Pointer]:
    """The primary picture of a file, not decoded yet."""
    with _freed(_lib.heif_context_alloc(), _lib.heif_context_free) as context:
        _lib.heif_context_set_max_decoding_threads(context, 0)
        length = ctypes.c_size_t(len(data))
        _require(_lib.heif_context_read_from_memory_without_copy(context, data, length, None))
        handle = _Pointer()
        _require(_lib.heif_context_get_primary_image_handle(context, ctypes.byref(handle)))
        with _freed(handle, _lib.heif_image_handle_release):
            yield handle


@contextmanager
def _decoded(handle: _Pointer, tiling: _Tiling, column: int, row: int) -> Iterator[Image.Image]:
    """One tile, or a picture without tiles; its pixels are libheif's while the block runs."""
    with _freed(_lib.heif_decoding_options_alloc(), _lib.heif_decoding_options_free) as options:
        ctypes.cast(options, ctypes.POINTER(_Options)).contents.to_eight_bits = 1
        image = _Pointer()
        asked = (handle, ctypes.byref(image), _RGB, _INTERLEAVED_RGBA, options)
        if tiling.columns * tiling.rows == 1:
            _require(_lib.heif_decode_image(*asked))
        else:
            x, y = ctypes.c_uint32(column), ctypes.c_uint32(row)
            _require(_lib.heif_image_handle_decode_image_tile(*asked, x, y))
    with _freed(image, _lib.heif_image_release):
        yield _pixels(image)


def _pixels(image: _Pointer) -> Image.Image:
    stride = ctypes.c_int()
    plane = _lib.heif_image_get_plane_readonly(image, _INTERLEAVED, ctypes.byref(stride))
    size = (
        _lib.heif_image_get_width(image, _INTERLEAVED),
        _lib.heif_image_get_height(image, _INTERLEAVED),
    )
    if not plane or min(size) < 1 or stride.value < 4 * size[0]:
        raise ValueError("no pixels")
    buffer = (ctypes.c_char * (stride.value * size[1])).from_address(plane)
    return Image.frombuffer("RGBX", size, buffer, "raw", "RGBX", stride.value, 1)


@contextmanager
def _freed(pointer: Any, free: Callable[[Any], object]) -> Iterator[_Pointer]:
    held = pointer if isinstance(pointer, _Pointer) else _Pointer(pointer)
    try:
        yield held
    finally:
        free(held)


def _require(error: _Error) -> None:
    """Raise what libheif says."""
    if error.code == _NO_MEMORY:
        raise MemoryError
    if error.code:
        raise ValueError(error.message.decode("utf-8", "replace"))
