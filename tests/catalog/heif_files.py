"""HEIC files as phones write them, put together from one coded tile of 512 × 512 pixels.

A phone stores a photograph as a grid of such tiles, beside it what it knows of depth and light
(auxiliary pictures) and a thumbnail, and it turns the picture by a property, not by its pixels.
Here all tiles are the same one, so that a photograph of 200 megapixels is a small file; the first
one, in the left upper corner as the camera saw it, is red.
"""

from pathlib import Path
from typing import NamedTuple

TILE = 512
_DATA = Path(__file__).parent / "data"
_CODED, _MARK = ((_DATA / f"{name}.heic").read_bytes() for name in ("tile", "mark"))
_DEPTH = b"urn:com:apple:photo:2020:aux:hdrgainmap\x00"


class Item(NamedTuple):
    """One picture in the file: its kind, its data, and the numbers of its properties."""

    kind: bytes
    data: bytes
    properties: list[int]


def heic(
    width: int,
    height: int,
    *,
    turned: int = 0,
    mirrored: int | None = None,
    beside: int = 0,
    copies: bool = False,
) -> bytes:
    """A photograph of any size; ``turned`` counts quarters to the left, ``beside`` the auxiliary
    pictures; ``mirrored`` is the axis, 0 an upright one.

    With ``copies`` every tile has data of its own, as in a phone's file.
    """
    columns, rows = -(-width // TILE), -(-height // TILE)
    tiles = columns * rows
    grid = b"\x00\x01" + bytes([rows - 1, columns - 1]) + _number(width) + _number(height)
    properties = [
        _part(b"hvcC"),
        _box(b"ispe", _number(0) + _number(TILE) + _number(TILE)),
        _box(b"ispe", _number(0) + _number(width) + _number(height)),
        _box(b"irot", bytes([turned])),
        _box(b"auxC", _number(0) + _DEPTH),
        _box(b"imir", bytes([mirrored or 0])),
    ]
    first = tiles + 1
    turns = [*([4] if turned else []), *([] if mirrored is None else [6])]
    mark = Item(b"hvc1", _part(b"mdat", _MARK)[8:], [1, 2])
    items = [mark, *[Item(b"hvc1", _part(b"mdat")[8:], [1, 2])] * (tiles - 1)]
    items.append(Item(b"grid", grid, [3, *turns]))
    items += [Item(b"hvc1", _part(b"mdat")[8:], [1, 2, 5])] * beside
    links = _link(b"dimg", first, range(1, first))
    for number in range(first + 1, first + 1 + beside):
        links += _link(b"auxl", number, [first])
    return _file(items, properties, links, primary=first, copies=copies)


def single(width: int, height: int) -> bytes:
    """A photograph without tiles whose head says that it is of this size."""
    size = _box(b"ispe", _number(0) + _number(width) + _number(height))
    items = [Item(b"hvc1", _part(b"mdat")[8:], [1, 2])]
    return _file(items, [_part(b"hvcC"), size], b"", primary=1, copies=False)


def _file(
    items: list[Item], properties: list[bytes], links: bytes, *, primary: int, copies: bool
) -> bytes:
    head = _box(b"ftyp", b"heic" + _number(0) + b"mif1heicMiHEmiaf")
    length = len(head) + len(_meta(items, properties, links, primary, [0] * len(items)))
    stored: dict[bytes, int] = {}
    content, places = b"", []
    for item in items:
        if copies or item.data not in stored:
            stored[item.data] = len(content)
            content += item.data
        places.append(length + 8 + stored[item.data])
    return head + _meta(items, properties, links, primary, places) + _box(b"mdat", content)


def _meta(
    items: list[Item], properties: list[bytes], links: bytes, primary: int, places: list[int]
) -> bytes:
    entries = b"".join(
        _box(b"infe", b"\x02\x00\x00\x00" + _short(number) + b"\x00\x00" + item.kind + b"\x00")
        for number, item in enumerate(items, 1)
    )
    located = b"".join(
        _short(number) + b"\x00\x00" + _short(1) + _number(place) + _number(len(item.data))
        for number, (item, place) in enumerate(zip(items, places, strict=True), 1)
    )
    associated = b"".join(
        _short(number) + bytes([len(item.properties), *(0x80 | of for of in item.properties)])
        for number, item in enumerate(items, 1)
    )
    container = _box(b"ipco", b"".join(properties))
    parts = [
        _box(b"hdlr", _number(0) * 2 + b"pict" + _number(0) * 3 + b"\x00"),
        _box(b"pitm", _number(0) + _short(primary)),
        _box(b"iloc", _number(0) + b"\x44\x00" + _short(len(items)) + located),
        _box(b"iinf", _number(0) + _short(len(items)) + entries),
        _box(b"iprp", container + _box(b"ipma", _number(0) + _number(len(items)) + associated)),
        *([_box(b"iref", _number(0) + links)] if links else []),
    ]
    return _box(b"meta", _number(0) + b"".join(parts))


def _link(kind: bytes, source: int, targets: range | list[int]) -> bytes:
    return _box(kind, _short(source) + _short(len(targets)) + b"".join(map(_short, targets)))


def _part(kind: bytes, file: bytes = _CODED) -> bytes:
    """A box of the coded tile's file."""
    at = file.index(kind) - 4
    return file[at : at + int.from_bytes(file[at : at + 4], "big")]


def _box(kind: bytes, content: bytes) -> bytes:
    return _number(len(content) + 8) + kind + content


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")


def _short(value: int) -> bytes:
    return value.to_bytes(2, "big")
