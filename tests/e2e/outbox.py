"""The demo's outbox, as the person whom a mail is for would look into their mails."""

import re

from playwright.sync_api import Page

from tests.demos import Demo
from tests.e2e.sales import until


def open_mail(page: Page, demo: Demo, to: str, pattern: str) -> re.Match[str]:
    """Open the newest mail to somebody in whose text a pattern is found, once it was sent."""
    found: list[re.Match[str]] = []

    def is_there() -> bool:
        page.goto(f"{demo.url}/demo/outbox/")
        rows = page.locator("tbody tr", has_text=to).locator("a")
        for address in [str(row.get_attribute("href")) for row in rows.all()[:4]]:
            page.goto(demo.url + address)
            if match := re.search(pattern, page.locator("main").inner_text()):
                found.append(match)
                return True
        return False

    assert until(is_there), f"no mail to {to} with {pattern}"
    return found[-1]
