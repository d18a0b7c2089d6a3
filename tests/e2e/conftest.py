"""The demo as a user starts it, and a browser that notices every error and every outside request.

With SALEOR_API_URL (and SALEOR_ADMIN_EMAIL, SALEOR_ADMIN_PASSWORD) the journeys' demo lives at that
Saleor, which has to be empty and has to reach this machine (``TWIZA_E2E_PORT`` names a port).

Browser: Debian's chromium (or the one that TWIZA_CHROMIUM names). Without one these tests skip and
say so; with TWIZA_REQUIRE_BROWSER=1 (as in `.ci/run`) a missing one is a failure.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.chromium import CHROMIUM, IS_REQUIRED
from tests.demos import AT_SALEOR, Demo, free_port, start_demo, stop_demo
from tests.e2e.prepared import ARRIVED, Placed, place_orders

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# A wait ends as soon as the thing is there: this is patience with a busy machine, no measure.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one demo, so they stay in one test process."""
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))
    # The worker is behind while the demo's world is made: what waits for it most comes last.
    items.sort(key=lambda item: item.path.name == "test_accountants_day.py")


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """A demo of its own, stopped at the end; its world is no larger than the journeys need.

    While writing a journey, ``TWIZA_E2E_DEMO=<port>:<folder>`` uses one that runs already.
    """
    if known := os.environ.get("TWIZA_E2E_DEMO"):
        port, _, folder = known.partition(":")
        yield Demo(int(port), Path(folder), None, "")
        return
    port = int(os.environ.get("TWIZA_E2E_PORT") or free_port())
    engine = "saleor" if AT_SALEOR else "embedded"
    with tempfile.TemporaryDirectory(prefix="twiza-e2e-") as folder:
        early = {"TWIZA_DEMO_SIZE": "early"}
        running = start_demo(Path(folder) / "world", port, early, engine=engine)
        yield running
        stop_demo(running)


@pytest.fixture(scope="session")
def orders(demo: Demo) -> dict[str, Placed]:
    """Orders that have arrived, for the journeys which begin there: made once, by one command."""
    return place_orders(demo, ARRIVED)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for each file: Playwright's loop must not outlive it in a shared test process."""
    if not CHROMIUM:
        if IS_REQUIRED:
            pytest.fail("no chromium here, and TWIZA_REQUIRE_BROWSER is set")
        pytest.skip("no chromium here: the browser journeys are left out")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@dataclass
class Watched:
    """A page, and everything that went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, demo: Demo) -> Iterator[OpenPage]:
    """Opens a page at phone or desktop width; fails the test on any error that the page shows."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(
        path: str = "", *, phone: bool = False, scripts: bool = True, language: str = ""
    ) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale=language or None,
            # What axe says of contrast is asked of both schemes of colour, one in each way.
            color_scheme="dark" if phone else "light",
        )
        contexts.append(context)
        if language:
            context.add_cookies([{"name": "twiza_language", "value": language, "url": demo.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda r: _note_failure(r, faults))
        page.on("request", lambda r: _own_request(r.url, demo, faults))
        page.on(
            "response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None
        )
        if path:
            page.goto(demo.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def _note_failure(request: Request, faults: list[str]) -> None:
    """A request that a click on the next link cut short is no fault."""
    if "ERR_ABORTED" not in str(request.failure):
        faults.append(f"failed: {request.url} {request.failure}")


def _own_request(url: str, demo: Demo, faults: list[str]) -> None:
    if not url.startswith((demo.url, "data:", "blob:", "about:")):
        faults.append(f"request to another place: {url}")


@pytest.fixture
def sign_in(open_page: OpenPage, demo: Demo) -> OpenPage:
    """Opens a page as somebody, signed in.

    Whoever gave a code a short while ago, in this language and width, goes on with that session: a
    code is taken once.
    """

    def sign_in_(email: str, path: str, *, phone: bool = False, language: str = "fr") -> Page:
        who = (email, phone, language)
        if kept := demo.kept(who):
            page = open_page(phone=phone, language=language)
            page.context.add_cookies(kept)
            page.goto(demo.url + path)
            return page
        page = open_page("/accounts/login/", phone=phone, language=language)
        page.fill("[name=login]", email)
        page.fill("[name=password]", demo.password)
        page.locator("main form button.btn").first.click()
        page.wait_for_url(lambda url: "/login" not in url)
        if "/2fa/authenticate/" in page.url:
            page.fill("[name=code]", demo.code(email))
            page.locator("main form button.btn").first.click()
            page.wait_for_url(lambda url: "/2fa/authenticate/" not in url)
            demo.keep(who, page.context.cookies())
        page.goto(demo.url + path)
        return page

    return sign_in_
