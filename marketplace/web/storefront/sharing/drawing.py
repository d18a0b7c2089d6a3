"""Drawing of the pictures that previews show: typst sets the words, Pillow lays the photograph in.

Typst shapes Arabic and sets it from right to left with the fonts of our documents; all words reach
it as data, never as markup.
"""

import io
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

import typst
from PIL import Image, ImageOps

from marketplace.core.documents import drawing
from marketplace.web.storefront.page_heads.texts import short
from marketplace.web.ui.page_head import PREVIEW_HEIGHT, PREVIEW_WIDTH

_LAYOUT = Path(__file__).with_name("picture.typ")
_QUALITY = 85
_LONGEST_TITLE, _LONGEST_BELOW = 80, 90
# ``1 kg`` stays in one line at the end of a name.
_BEFORE_A_UNIT = re.compile(r"(?<=\d) (?=\S{1,3}$)")
# A process draws one at a time: each takes some ten megabytes and all of a core.
_one_at_a_time = BoundedSemaphore()


@dataclass(frozen=True, kw_only=True)
class Card:
    """The words of a picture in its reader's language; ``drawing`` and ``logo`` are SVG.

    Without a drawing a photograph fills its square.
    """

    language: str
    direction: str
    site: str
    logo: str
    title: str
    below: str = ""
    price: str = ""
    drawing: str = ""


def draw(card: Card, photograph: IO[bytes] | None = None) -> bytes:
    """The picture as JPEG, 1200 by 630 pixels; of long texts the beginning."""
    title = _BEFORE_A_UNIT.sub("\N{NO-BREAK SPACE}", short(card.title, _LONGEST_TITLE))
    card = replace(card, title=title, below=short(card.below, _LONGEST_BELOW))
    with _one_at_a_time:
        drawn = typst.compile(
            str(_LAYOUT),
            root=str(_LAYOUT.parent),
            font_paths=[str(drawing.FONTS)],
            ignore_system_fonts=True,
            format="png",
            ppi=72,
            sys_inputs={"card": json.dumps(asdict(card), ensure_ascii=False)},
        )
        with Image.open(io.BytesIO(drawn)) as page:
            picture = page.convert("RGB")
        if photograph:
            _lay_in(picture, photograph, at_left=card.direction == "rtl")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _lay_in(picture: Image.Image, photograph: IO[bytes], *, at_left: bool) -> None:
    side = (PREVIEW_HEIGHT, PREVIEW_HEIGHT)
    with Image.open(photograph) as photo:
        # A JPEG is read at half or a quarter of its size where that is enough.
        photo.draft("RGB", side)
        square = ImageOps.fit(photo.convert("RGB"), side)
    picture.paste(square, (0 if at_left else PREVIEW_WIDTH - PREVIEW_HEIGHT, 0))
