"""Pictures of which only the head is there."""

import struct
import zlib


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head promises any number of pixels."""

    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(b""))
        + part(b"IEND", b"")
    )
