"""Makes the icons that phones and browsers ask for: ``python -m marketplace.web.ui.app_icons``.

All are drawn from ``static/ui/favicon.svg`` and written beside it; a test fails when one is stale.
"""

import io
import json

import typst
from PIL import Image

from marketplace.web.ui.assets import STATIC
from marketplace.web.ui.web_manifest import GROUND

DRAWING = STATIC / "favicon.svg"
# The share of the side that the drawing takes. Phones cut an icon to a circle of four fifths.
_ON_GROUND = 62
_LAYOUT = b"""
#let icon = json(bytes(sys.inputs.icon))
#let side = icon.side * 1pt
#set page(width: side, height: side, margin: 0pt,
  fill: if icon.ground == "" { none } else { rgb(icon.ground) })
#place(center + horizon,
  image(bytes(icon.drawing), format: "svg", width: icon.share * 1%))
"""
ICONS = {"touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
FAVICON, FAVICON_SIDES = "favicon.ico", (16, 32, 48)


def made() -> dict[str, bytes]:
    """The icons by the names of their files."""
    icons = {name: _png(side, GROUND, _ON_GROUND) for name, side in ICONS.items()}
    largest = Image.open(io.BytesIO(_png(FAVICON_SIDES[-1])))
    out = io.BytesIO()
    largest.save(out, "ICO", sizes=[(side, side) for side in FAVICON_SIDES])
    return icons | {FAVICON: out.getvalue()}


def _png(side: int, ground: str = "", share: int = 100) -> bytes:
    icon = {
        "drawing": DRAWING.read_text(encoding="utf-8"),
        "ground": ground,
        "share": share,
        "side": side,
    }
    drawn: bytes = typst.compile(
        _LAYOUT, format="png", ppi=72, sys_inputs={"icon": json.dumps(icon)}
    )
    return drawn


def build() -> None:
    """Write the icons."""
    for name, content in made().items():
        (STATIC / name).write_bytes(content)


if __name__ == "__main__":
    build()
