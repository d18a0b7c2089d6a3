"""A phone: the shipped scripts in a browser of its own, and a network that loses what it likes."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route

from marketplace.web.ui.assets import STATIC
from tests.offline.sending import NOW
from tests.web.browsers import browser as signed_in
from vendors.models import User

SCRIPTS = [STATIC / "offline-store.js", STATIC / "offline-queue.js"]
OPEN = """([cooperative, person, address]) => {
  window.q = window.twizaOffline.queue({ cooperative, person, address });
}"""
# What the network does to a request.
FAULTS = ("lost before", "lost after", "doubled", "late")


@dataclass
class Recorded:
    """What a person did on a phone."""

    phone: str
    said: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.said["key"])


@dataclass
class Phone:
    """One member's phone; ``faults`` are what happens to its next requests, one after the other."""

    name: str
    user: User
    context: BrowserContext
    page: Page
    address: str
    cooperative: str
    faults: list[str] = field(default_factory=list)
    late: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    # Whether its last request reached the shop for sure.
    asked: int = 0

    def open(self) -> None:
        self.page.goto(self.address)
        own = [self.cooperative, str(self.user.pk), self.address]
        self.page.evaluate(OPEN, own)

    def begin(self) -> None:
        """A phone on which nothing was ever recorded, that knows the shop's numbers."""
        self.faults, self.late = [], []
        self.page.evaluate("() => q.empty()")
        # A page whose store was emptied keeps nothing more, as after signing out.
        self.open()
        assert self.sync() == "sent"

    def sync(self) -> str:
        return str(self.page.evaluate("() => q.sync()"))

    def start_sync(self) -> None:
        self.page.evaluate("() => { window.pending = q.sync(); }")

    def end_sync(self) -> str:
        return str(self.page.evaluate("() => window.pending"))

    def reload(self) -> None:
        """The page is opened anew while it is sending."""
        self.start_sync()
        self.open()

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate("() => q.state()")
        return found

    def record(self, said: dict[str, Any]) -> Recorded:
        kept = {"key": str(uuid4()), **said}
        assert self.page.evaluate("(said) => q.record(said, '')", kept) is True
        # A second tap on the same button.
        assert self.page.evaluate("(said) => q.record(said, '')", kept) is False
        return Recorded(self.name, kept)

    def discard(self, key: str) -> bool:
        return bool(self.page.evaluate("(key) => q.discard(key)", key))

    def replay(self, chance: random.Random) -> None:
        """Requests that were given up arrive all the same, in another order."""
        chance.shuffle(self.late)
        while self.late:
            url, headers, body = self.late.pop()
            self.context.request.post(url, headers=headers, data=body, max_redirects=0)

    def handle(self, route: Route) -> None:
        """The network between the phone and the shop."""
        self.asked += 1
        fault = self.faults.pop(0) if self.faults else ""
        # A page that was left meanwhile takes no answer.
        with suppress(Error):
            if fault == "lost before":
                route.abort()
            elif fault == "late":
                self._keep(route)
                route.abort()
            elif fault == "lost after":
                route.fetch(max_redirects=0)
                route.abort()
            elif fault == "doubled":
                route.fetch(max_redirects=0)
                route.fulfill(response=route.fetch(max_redirects=0))
            else:
                route.continue_()

    def _keep(self, route: Route) -> None:
        request = route.request
        if request.method == "POST":
            headers = {
                name: request.headers[name] for name in ("content-type", "x-csrftoken")
            }  # fmt: skip
            self.late.append((request.url, headers, request.post_data or ""))


def make_phone(browser: Browser, name: str, user: User, origin: str, cooperative: str) -> Phone:
    """A browser in which the member is signed in, with nothing between it and the shop yet."""
    context = browser.new_context(bypass_csp=True)
    for script in SCRIPTS:
        context.add_init_script(path=script)
    cookies = signed_in(user, "en").cookies.values()
    context.add_cookies([{"name": c.key, "value": c.value, "url": origin} for c in cookies])
    address = f"{origin}/portal/{cooperative}/offline/sync/"
    phone = Phone(name, user, context, context.new_page(), address, cooperative)
    phone.open()
    phone.page.route(
        lambda url: url == address,
        lambda route: phone.handle(route) if _is_by_script(route) else route.continue_(),
    )
    return phone


def _is_by_script(route: Route) -> bool:
    return not route.request.is_navigation_request()


def sold(variant: object, quantity: int) -> dict[str, Any]:
    return {
        "kind": "sale", "variant": str(variant), "quantity": quantity, "unit_price_minor": 140_000,
        "paid_by": "cash", "place": "fair", "sold_at": NOW,
    }  # fmt: skip


def counted(variant: object, quantity: int, seen: int) -> dict[str, Any]:
    return {
        "kind": "count", "variant": str(variant), "quantity": quantity, "seen": seen,
        "counted_at": NOW,
    }  # fmt: skip


def written(name: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "draft", "language": "fr", "name": name, "description": "", "price_minor": 90_000,
        "weight_grams": 3000, "quantity": 2, **more,
    }  # fmt: skip
