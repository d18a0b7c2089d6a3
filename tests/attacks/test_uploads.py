"""Photographs that would cost the server dear, sent by a member of a cooperative."""

import io
import re
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

MEMBER, COOPERATIVE = "argan@twiza.example", "timzit-n-tidzi"


def one_colour(width: int, height: int) -> bytes:
    """A whole PNG of any size, written row by row: it weighs next to nothing."""

    def section(name: bytes, data: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checked

    press = zlib.compressobj(9)
    row = b"\0" + bytes(width * 3)
    data = b"".join(press.compress(row) for _ in range(height)) + press.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        section(name, content)
        for name, content in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    )


def photograph() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (900, 900), "#c9a06a").save(content, "JPEG")
    return content.getvalue()


def test_bombs_are_named_and_the_photograph_beside_them_is_kept(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    member = visitor()
    member.sign_in(MEMBER)
    page = f"/portal/{COOPERATIVE}/listings/new/"
    form = member.get(page)
    assert form.status_code == 200, form.status_code
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
    assert token
    files = {
        "20,000 by 20,000 pixels.png": one_colour(20_000, 20_000),
        "8,000 by 5,000 pixels.png": one_colour(8_000, 5_000),
        "script.jpg": b"<svg onload='alert(1)'/>",
        "amlou.jpg": photograph(),
    }
    answer = member.post(
        page,
        data={"csrfmiddlewaretoken": token[1], "name_fr": "Amlou", "then": "keep"},
        files=[("photos", (name, content, "image/png")) for name, content in files.items()],
        follow_redirects=True,
    )
    assert answer.status_code == 200
    for name, content in files.items():
        named = name in answer.text
        tried(f"{name} of {len(content):,} bytes", "refused by name" if named else "taken")
        assert named == (name != "amlou.jpg")
    assert answer.text.count('name="leave_out"') == 1
