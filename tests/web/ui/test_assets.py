"""What the browser fetches: fresh, small, and allowed by the strict content policy."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.templatetags.static import static

from marketplace.web.ui import assets

TEMPLATES = sorted((assets.HERE.parent).glob("**/templates/**/*.html"))
# What suggests is left out: it comes only to who goes to the search box.
SHARED = ("twiza.css", "twiza.js", "htmx.min.js", "favicon.svg")
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)|text-align:(?:left|right)"
    r"|[{;](?:left|right):|float:(?:left|right)"
)


def served_file(name: str) -> Path:
    """The file that a page's address of a static file names."""
    return Path(settings.STATIC_ROOT) / static(f"ui/{name}").removeprefix(settings.STATIC_URL)


def test_the_sheet_is_built_from_its_parts() -> None:
    assert assets.SHEET.read_text(encoding="utf-8") == assets.sheet()


@pytest.mark.parametrize("name", SHARED)
def test_compressed_twins_hold_the_same(name: str) -> None:
    served = served_file(name)
    data = served.read_bytes()
    assert gzip.decompress(Path(f"{served}.gz").read_bytes()) == data
    assert brotli.decompress(Path(f"{served}.br").read_bytes()) == data


def test_the_shared_files_leave_room_for_the_page() -> None:
    fonts = sum(f.stat().st_size for f in (assets.STATIC / "fonts").glob("*.woff2"))
    sent = sum(Path(f"{served_file(name)}.br").stat().st_size for name in SHARED)
    # Of these htmx (15 KB) comes after the page, if at all: the page itself may weigh 15 KB.
    assert fonts + sent < 55_600


def test_the_sheet_knows_no_left_and_right() -> None:
    assert PHYSICAL.findall(assets.sheet()) == []


def test_minifying_keeps_strings_and_drops_comments() -> None:
    css = '/* why */ .a > .b { content: "a ;  b"; margin: calc(1px + 2px) }'
    assert assets.minify(css) == '.a>.b{content:"a ;  b";margin:calc(1px + 2px)}\n'


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_inline_styles_or_scripts(path: Path) -> None:
    """Blocks of JSON are data, which no browser runs."""
    text = path.read_text(encoding="utf-8")
    script = r'<script(?![^>]*(?:\bsrc=|type="application/json"))'
    assert not re.search(rf"\sstyle=|<style|{script}|\son\w+=", text)
