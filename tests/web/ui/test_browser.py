"""The kit in a real browser: accessible, never wider than the screen, no complaint in the console.

Needs chromium (or the browser that TWIZA_CHROMIUM names); skips without one.
"""

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings

from tests.chromium import CHROMIUM, needs_chromium

pytestmark = [pytest.mark.e2e, needs_chromium]


# What stands out of the window, unless it is in something that scrolls or is cut on purpose.
WIDER_THAN_THE_SCREEN = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = e => e && e !== document.body && (
    getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  return [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    return e.checkVisibility() && (box.left < -1 || box.right > innerWidth + 1) && !scrolls(e);
  }).map(e => e.outerHTML.slice(0, 90));
}"""


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests have nothing to read here."""


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """A server of the kit; it needs no database."""
    settings.DEMO = True
    server: WSGIServer = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("ar", 360, "light"), ("ar", 1280, "dark"), ("fr", 320, "dark"), ("en", 768, "light")],
)
def test_the_kit_is_accessible_and_fits(
    browser: Browser, address: str, language: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "twiza_language", "value": language, "url": address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{address}/ui/")
    page.wait_for_load_state("networkidle")

    page.wait_for_function("document.activeElement.getAttribute('role') === 'alert'")
    findings = Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"][:120]) for f in findings] == []
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
    assert complaints == []
    context.close()


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("size", [100, 150])
def test_large_text_never_scrolls_sideways_nor_hides_a_button(
    browser: Browser, address: str, language: str, size: int
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": "twiza_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/ui/")
    page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")

    wide = page.evaluate(WIDER_THAN_THE_SCREEN)

    assert wide == [], "\n".join(wide)
    assert page.evaluate("getComputedStyle(document.querySelector('.toasts')).position") == "sticky"
    context.close()


def test_scripts_only_spare_steps(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{address}/ui/")
    box = page.locator("#buttons [data-step]")
    box.locator("[data-by='1']").click()
    assert box.locator("input").input_value() == "3"
    for _ in range(9):
        box.locator("[data-by='1']").click()
    assert box.locator("input").input_value() == "9"
    box.locator("input").fill("٥")
    box.locator("[data-by='-1']").click()
    assert box.locator("input").input_value() == "4"
    menu = page.locator("details.menu:visible").first
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    page.context.close()


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [("fr", "1 234,5", "1\u202f234,50\u00a0DH"), ("ar", "١٢٫٥٠", "12,50\u00a0د.م.")],
)
def test_an_amount_is_repeated_while_it_is_typed(
    browser: Browser, address: str, language: str, typed: str, said: str
) -> None:
    context = browser.new_context()
    context.add_cookies([{"name": "twiza_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/ui/")
    page.locator("#id_price").fill("")
    page.locator("#id_price").press_sequentially(typed)

    page.locator("#id_price_reading", has_text=said).wait_for()
    # where two amounts are likely, both can be chosen
    page.locator("#id_price").fill("1,500")
    page.locator("[name=price-reading][value='150000']").check()
    assert page.locator("[name=price-reading]:checked").count() == 1
    context.close()


def test_the_kit_reads_without_scripts(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/ui/")
    assert page.locator("#buttons [data-step] input").is_visible()
    page.context.close()
