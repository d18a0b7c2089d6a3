"""The demo as a user starts it, and a browser that notices every error and every outside request.

With SALEOR_API_URL (and SALEOR_ADMIN_EMAIL, SALEOR_ADMIN_PASSWORD) the journeys' demo lives at that
Saleor, which has to be empty and has to reach this machine (``TWIZA_E2E_PORT`` names a port).

Browser: Debian's chromium (or the one that TWIZA_CHROMIUM names). Without one these tests skip and
say so; with TWIZA_REQUIRE_BROWSER=1 (as in `.ci/run`) a missing one is a failure.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
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

CHROMIUM = os.environ.get("TWIZA_CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run",
]  # fmt: skip
START_SECONDS = 400
AT_SALEOR = bool(os.environ.get("SALEOR_API_URL"))
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


@dataclass
class Demo:
    """A running demo."""

    port: int
    folder: Path
    process: "subprocess.Popen[str] | None"
    words: str

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def password(self) -> str:
        from marketplace.demo.accounts import PASSWORD

        return PASSWORD

    def run(self, *command: str, timeout: int = 120) -> "subprocess.CompletedProcess[str]":
        """A `twiza` command on this demo's data."""
        return subprocess.run(
            [sys.executable, "-m", "marketplace", *command, "--data", str(self.folder)],
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_demo(
    folder: Path,
    port: int,
    environment: dict[str, str] | None = None,
    *,
    engine: str = "embedded",
) -> Demo:
    """Start `twiza demo` and wait until it says that it is open."""
    command = [sys.executable, "-u", "-m", "marketplace", "demo", "--engine", engine]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--data", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip
    assert process.stdout is not None
    words, deadline = "", time.monotonic() + START_SECONDS
    for line in process.stdout:
        words += line
        if "Ctrl-C" in line:
            return Demo(port, folder, process, words)
        if time.monotonic() > deadline:
            break
    process.kill()
    process.communicate()
    raise AssertionError(f"the demo did not open:\n{words}")


def stop_demo(demo: Demo) -> int:
    assert demo.process is not None
    demo.process.send_signal(signal.SIGINT)
    status = demo.process.wait(timeout=120)
    assert demo.process.stdout is not None
    demo.process.stdout.close()
    return status


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """A small demo world of its own, stopped at the end.

    While writing a journey, ``TWIZA_E2E_DEMO=<port>:<folder>`` uses one that runs already.
    """
    if known := os.environ.get("TWIZA_E2E_DEMO"):
        port, _, folder = known.partition(":")
        yield Demo(int(port), Path(folder), None, "")
        return
    port = int(os.environ.get("TWIZA_E2E_PORT") or free_port())
    engine = "saleor" if AT_SALEOR else "embedded"
    with tempfile.TemporaryDirectory(prefix="twiza-e2e-") as folder:
        small = {"TWIZA_DEMO_SIZE": "small"}
        running = start_demo(Path(folder) / "world", port, small, engine=engine)
        yield running
        stop_demo(running)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for each file: Playwright's loop must not outlive it in a shared test process."""
    if not CHROMIUM:
        if os.environ.get("TWIZA_REQUIRE_BROWSER"):
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
    """Opens a page as somebody, signed in."""

    def sign_in_(email: str, path: str, *, phone: bool = False, language: str = "fr") -> Page:
        page = open_page("/accounts/login/", phone=phone, language=language)
        page.fill("[name=login]", email)
        page.fill("[name=password]", demo.password)
        page.locator("main form button.btn").first.click()
        page.wait_for_url(lambda url: "/login" not in url)
        page.goto(demo.url + path)
        return page

    return sign_in_
