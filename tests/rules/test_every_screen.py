"""Every page fits its screen: nothing leaves it, is cut off or covered, at any size of text.

Sizes: a phone (360 px), two desks (1360 and 1600 px), and the 320 px of WCAG 1.4.10 (reflow).
WCAG 1.4.4 asks for text of 200 % without loss of content or function. We take it as a person sets
it in the browser: the default size of letters is doubled, media queries in ``rem`` follow it as
they do there. As the style sheet measures in ``rem``, it is also what a zoom of 200 % shows: a page
of 1360 px is laid out as one of 680, one of 360 px as one of 180, which is half of what 1.4.10
asks for and the hardest of all.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.chromium import CHROMIUM, needs_chromium
from tests.rules.access_walk import world
from tests.rules.access_world import AccessWorld
from tests.rules.every_place import all_that_there_may_be
from tests.rules.screens.pages import Screen, make_it_hard, screens
from tests.rules.screens.server import shown

__all__ = ["all_that_there_may_be", "world"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.e2e,
    needs_chromium,
]
# Width, height, and letters of the browser's settings in px.
SIZES = [
    (360, 740, 16), (360, 740, 32), (320, 640, 16),
    (1360, 900, 16), (1360, 900, 32), (1600, 900, 16), (1600, 900, 32),
]  # fmt: skip
# Each page is looked at in one language where room is least, in the other one at one more size,
# another one from page to page; with ``TWIZA_SCREENS=all`` at all of them, which takes far longer.
EVERY = os.environ.get("TWIZA_SCREENS") == "all"
LEAST_ROOM, OTHERS = SIZES[1], [SIZES[0], *SIZES[2:]]
FAULTS = (Path(__file__).parent / "screens" / "faults.js").read_text(encoding="utf-8")
# Details, menus and the sheet of filters are looked at open.
OPEN = "document.querySelectorAll('details:not(.menu)').forEach(d => { d.open = true })"


def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def sizes_of(number: int, language: str) -> list[tuple[int, int, int]]:
    """At which sizes a page is looked at: Arabic where room is least if French is not, and back."""
    if EVERY:
        return SIZES[::-1] if number % 2 else SIZES
    least = (number % 2 == 0) == (language == "ar")
    return [LEAST_ROOM if least else OTHERS[number // 2 % len(OTHERS)]]


def faults_of(page: Page, session: CDPSession, screen: Screen, number: int) -> Iterator[str]:
    """What cannot be read or pressed on the page that is open, at its sizes."""
    page.evaluate(OPEN)
    for width, height, letters in sizes_of(number, screen.language):
        if page.viewport_size != {"width": width, "height": height}:
            page.set_viewport_size({"width": width, "height": height})
        session.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
        for fault in page.evaluate(FAULTS):
            yield f"{screen.language} {width} px {letters * 100 // 16} %: {screen.name}: {fault}"


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_page_fits_its_screen(
    language: str,
    world: AccessWorld,
    all_that_there_may_be: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_it_hard(world, language, monkeypatch)
    every = list(screens(world, language))
    found: list[str] = []
    with shown(every) as address:
        for browser in launched():
            page = browser.new_context(reduced_motion="reduce").new_page()
            session = page.context.new_cdp_session(page)
            for number, screen in enumerate(every):
                page.goto(f"{address}/{number}")
                found += faults_of(page, session, screen, number)
    assert found == [], "\n".join(found)
    assert len(every) > 100
