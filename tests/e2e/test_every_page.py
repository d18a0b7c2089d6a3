"""Every page is light, can be used by everybody, and never scrolls sideways on a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.demos import Demo
from tests.e2e.accessibility import AXE
from tests.e2e.acts import COORDINATOR, MANAGER, WAYS, Way
from tests.e2e.conftest import OpenPage
from tests.e2e.tour import portal_pages, shop_pages, staff_pages

KB = 1000
SHOP_KB, WORK_KB = 60, 90

pytestmark = pytest.mark.parametrize("way", WAYS, ids=["Arabic on a phone", "French at a desk"])


@pytest.fixture
def visitor(way: Way, open_page: OpenPage) -> Page:
    return open_page(phone=way.phone, language=way.language)


def transferred(page: Page, address: str) -> int:
    """Bytes that a first visit to a page brings over the network, pictures left out."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    session.detach()
    return int(sum(size for key, size in sizes.items() if kinds.get(key) != "Image"))


def _show_whole_page(page: Page) -> None:
    """A window as tall as the page: what a bar covers until one scrolls is not covered for good."""
    size = page.viewport_size
    assert size is not None
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(height + 100, 900)})


def faults(page: Page, address: str, limit_kb: int) -> Iterator[str]:
    if (weight := transferred(page, address)) > limit_kb * KB:
        yield f"{address}: {weight / KB:.1f} KB"
    _show_whole_page(page)
    for violation in Axe().run(page, options=AXE).response["violations"]:
        nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
        yield f"{address}: {violation['id']}: {violation['help']}: {nodes}"
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wide > 0:
        yield f"{address}: scrolls sideways by {wide} px"


def test_the_shop(way: Way, demo: Demo, visitor: Page) -> None:
    found = [f for a in shop_pages(visitor, demo.url, way) for f in faults(visitor, a, SHOP_KB)]
    assert found == []


def test_the_portal(way: Way, demo: Demo, sign_in: OpenPage) -> None:
    page = sign_in(MANAGER, "/accounts/home/", phone=way.phone, language=way.language)
    assert [f for a in portal_pages(demo.url) for f in faults(page, a, WORK_KB)] == []


def test_the_staffs_pages(way: Way, demo: Demo, sign_in: OpenPage) -> None:
    page = sign_in(COORDINATOR, "/accounts/home/", phone=way.phone, language=way.language)
    assert [f for a in staff_pages(demo.url) for f in faults(page, a, WORK_KB)] == []
