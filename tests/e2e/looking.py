"""What every page that a journey passes must be: usable by everybody, and no wider than it is."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.accessibility import AXE

# With TWIZA_E2E_PICTURES=<folder> each page is also kept as a picture, to be looked at.
PICTURES = os.environ.get("TWIZA_E2E_PICTURES")


def look_at(page: Page, name: str) -> None:
    """Require a page without faults that axe finds, without scrolling sideways."""
    size = page.viewport_size
    assert size is not None
    # As tall as the page: what a bar covers until one scrolls is not covered for good.
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(height + 100, size["height"])})
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")
    found = Axe().run(page, options=AXE).response["violations"]
    faults = [
        f"{name}: {each['id']}: {node['html'][:300]}" for each in found for node in each["nodes"]
    ]
    assert not faults, "\n".join(faults)
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"
    page.set_viewport_size(size)
