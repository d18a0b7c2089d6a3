"""Builds what the browser fetches: one sheet out of ``styles/``, and compressed twins of it.

``python -m marketplace.web.ui.assets`` writes ``static/ui/``; a test fails when it is stale.
The compressed twins (.gz, .br) lie beside each file, where WhiteNoise serves them by itself.
"""

import gzip
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
STYLES = HERE / "styles"
STATIC = HERE / "static" / "ui"
SHEET = STATIC / "twiza.css"
COMPRESSED = ("twiza.css", "twiza.js", "htmx.min.js", "suggest.js", "favicon.svg")
_STRING = re.compile(r'("[^"]*")')


def sheet() -> str:
    """The one stylesheet: the parts in the order of their names, comments and spaces dropped."""
    parts = sorted(STYLES.glob("*.css"))
    return minify("\n".join(part.read_text(encoding="utf-8") for part in parts))


def minify(css: str) -> str:
    """Drop comments and the spaces that carry no meaning; strings stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    pieces = _STRING.split(css)
    pieces[::2] = [_squeeze(piece) for piece in pieces[::2]]
    return "".join(pieces).strip() + "\n"


def _squeeze(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}")


def build() -> None:
    """Write the sheet and the compressed twins."""
    import brotli  # type: ignore[import-untyped]

    SHEET.write_text(sheet(), encoding="utf-8")
    for name in COMPRESSED:
        data = (STATIC / name).read_bytes()
        (STATIC / f"{name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        (STATIC / f"{name}.br").write_bytes(brotli.compress(data, quality=11))


if __name__ == "__main__":
    build()
