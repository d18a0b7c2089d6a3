"""The widths in which photographs are sent: a browser takes the smallest that fills its place."""

import re
from pathlib import PurePosixPath

# Pixels: a thumb, a card on a phone, a card on a sharp screen, the whole screen.
WIDTHS = (160, 400, 800, 1600)
_PHOTOGRAPH = re.compile(r"(/media/photos/[0-9a-f-]+)\.jpg")


def kept_name(name: str, width: int) -> str:
    """The name in the storage of a photograph's smaller copy."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{width}.webp"))


def in_width(address: str, width: int) -> str:
    """The address of a photograph in one of ``WIDTHS``; what is no photograph of ours stays."""
    found = _PHOTOGRAPH.fullmatch(address)
    return f"{found[1]}-{width}.webp" if found else address


def source_set(address: str) -> str:
    """All widths of a photograph as a browser chooses from them; empty for any other picture."""
    if not _PHOTOGRAPH.fullmatch(address):
        return ""
    return ", ".join(f"{in_width(address, width)} {width}w" for width in WIDTHS)
