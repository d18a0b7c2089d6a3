"""Fixtures of the tests that run the phone's scripts: a browser, and a shop with twelve rugs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import CHROMIUM, needs_chromium
from tests.kept_worlds import kept
from tests.orders.world import World, make_world

MARKS = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    needs_chromium,
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, and so do the queries of the tests.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def world(transactional_db: None) -> World:
    return kept("twelve_rugs", lambda: make_world(rugs=12))
