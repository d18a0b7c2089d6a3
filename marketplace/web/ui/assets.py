"""Builds the stylesheet from ``styles/``: ``python -m marketplace.web.ui.assets``.

It is written to ``static/ui/``; a test fails when it is stale. Hashed names and compressed copies
are made when static files are collected (``marketplace.core.static_files``).
"""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
STYLES = HERE / "styles"
STATIC = HERE / "static" / "ui"
SHEET = STATIC / "twiza.css"
_STRING = re.compile(r'("[^"]*")')


def sheet() -> str:
    """The stylesheet: files in the order of their names, without comments and spaces."""
    files = sorted(STYLES.glob("*.css"))
    return minify("\n".join(file.read_text(encoding="utf-8") for file in files))


def minify(css: str) -> str:
    """Remove comments and meaningless spaces; strings are unchanged."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    chunks = _STRING.split(css)
    chunks[::2] = [_squeeze(chunk) for chunk in chunks[::2]]
    return "".join(chunks).strip() + "\n"


def _squeeze(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}")


def build() -> None:
    """Write the stylesheet."""
    SHEET.write_text(sheet(), encoding="utf-8")


if __name__ == "__main__":
    build()
