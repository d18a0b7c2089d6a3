"""What decoding a photograph will take, by its head alone, and the size that it is to get.

JPEG: ITU-T T.81, annex B. WebP: RFC 9649, section 2.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

_LONE = frozenset([0x01, *range(0xD0, 0xD9)])
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset([0xC2, 0xC6, 0xCA, 0xCE])
_SCAN, _END = 0xDA, 0xD9
_COEFFICIENT, _BLOCK = 2, 8
_ANIMATED = 0x02


def size_within(width: int, height: int, side: int) -> tuple[int, int]:
    """The size of a picture made smaller, in its shape, to at most ``side``; never enlarged."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


class Frame(NamedTuple):
    """The head of a JPEG: how each component is sampled, and whether all is held at once."""

    width: int
    height: int
    samples: list[tuple[int, int]]
    in_several_scans: bool

    @property
    def coefficient_bytes(self) -> int:
        """What its coefficients take where they come in several scans; else nothing."""
        if not self.in_several_scans:
            return 0
        widest = max(across for across, _down in self.samples)
        highest = max(down for _across, down in self.samples)
        blocks = sum(
            _blocks(self.width, across, widest) * _blocks(self.height, down, highest)
            for across, down in self.samples
        )
        return blocks * _BLOCK**2 * _COEFFICIENT


def _blocks(length: int, samples: int, most: int) -> int:
    return math.ceil(length / (_BLOCK * most)) * samples


def jpeg_frame(data: bytes) -> Frame | None:
    """The head of a JPEG; None where it has none that can be read."""
    found: tuple[int, bytes] | None = None
    for marker, content in _segments(data):
        if marker in _FRAMES and len(content) > 5:  # noqa: PLR2004
            found = marker, content
        if marker == _SCAN and found and content:
            return _frame(*found, scanned=content[0])
    return None


def _frame(marker: int, content: bytes, *, scanned: int) -> Frame | None:
    high, wide = (int.from_bytes(content[at : at + 2], "big") for at in (1, 3))
    samples = [(max(1, each >> 4), max(1, each & 15)) for each in content[7::3]]
    if not samples:
        return None
    several = marker in _PROGRESSIVE or scanned < len(samples)
    return Frame(wide, high, samples, several)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The markers before the first pixels, with what they say."""
    at = 2
    while (at := data.find(b"\xff", at)) >= 0 and at + 3 < len(data):
        marker = data[at + 1]
        if marker in _LONE or marker in (0x00, 0xFF):
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at + 4 : at + 2 + length]
        if marker in (_SCAN, _END):
            return
        at += 2 + max(2, length)


class Canvas(NamedTuple):
    """The head of a WebP, and the EXIF that it carries."""

    width: int
    height: int
    is_animated: bool
    exif: bytes


def webp_canvas(data: bytes) -> Canvas | None:
    """The head of a WebP; None where it has none that can be read."""
    size, animated, exif = None, False, b""
    for name, content in _chunks(data):
        if name == b"VP8X" and len(content) >= 10:  # noqa: PLR2004
            animated = bool(content[0] & _ANIMATED)
            wide, high = (int.from_bytes(content[at : at + 3], "little") for at in (4, 7))
            size = wide + 1, high + 1
        elif name == b"VP8 " and len(content) >= 10:  # noqa: PLR2004
            wide, high = (int.from_bytes(content[at : at + 2], "little") for at in (6, 8))
            size = size or (wide & 0x3FFF, high & 0x3FFF)
        elif name == b"VP8L" and len(content) >= 5:  # noqa: PLR2004
            bits = int.from_bytes(content[1:5], "little")
            size = size or ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        elif name == b"EXIF":
            exif = content
    return Canvas(*size, animated, exif) if size else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        # Of the pixels only the head is needed.
        most = length if data[at : at + 4] == b"EXIF" else 16
        yield data[at : at + 4], data[at + 8 : at + 8 + min(length, most)]
        at += 8 + length + (length & 1)
