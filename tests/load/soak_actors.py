"""Who does something during the soak, and what they note."""

import csv
import itertools
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.attacks.visitor import Visitor
from tests.demos import Demo, processes_of, web_server
from tests.load.forms import Busy, Unexpected, get, send

SHOP = "/ma/fr/"
PAGES = (
    SHOP, "/ma/ar/", "/ma/fr/search/?q=huile+argan", "/ma/fr/category/honey/",
    "/ma/ar/search/?q=زيت", "/ma/fr/cooperatives/", "/ma/fr/basket/",
)  # fmt: skip
WORDS = ("huile", "miel", "argan", "tapis", "safran", "savon", "panier")
MEMBER, MEMBER_SLUG = "laine@twiza.example", "azilal-laine"
STAFF, PROGRAMME = "coordination@twiza.example", "mourafaka"
TRIES = 120
# How long somebody looks at a page before the next step.
THINKS_SECONDS = (1.0, 3.0)


@dataclass
class Figures:
    """What all of them noted; lists and counters are appended to from several threads."""

    ends_at: float = 0
    quiet_pages: list[float] = field(default_factory=list)
    busy_pages: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)
    confirmed: set[str] = field(default_factory=set)
    given_up: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    imports: Counter[str] = field(default_factory=Counter)
    memory: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self.ends_at

    def attempt(self, act: Callable[[], httpx.Response]) -> httpx.Response | None:
        """One request, and what came of it; None when it has to be tried again."""
        try:
            answer = act()
        except Busy:
            self.answers["503 with Retry-After"] += 1
            time.sleep(2)
        except Unexpected as error:
            self.answers["unexpected"] += 1
            self.unexpected.append(f"{error}")
            time.sleep(1)
        except httpx.TransportError as error:
            self.answers[f"cut: {type(error).__name__}"] += 1
            time.sleep(0.5)
        else:
            self.answers["answered"] += 1
            return answer
        return None

    def insist(self, act: Callable[[], httpx.Response]) -> httpx.Response:
        """As a person who reloads; raises Unexpected when nothing helps."""
        for _ in range(TRIES):
            if answer := self.attempt(act):
                time.sleep(random.uniform(*THINKS_SECONDS))
                return answer
        raise Unexpected("gave up")


def browse(demo: Demo, figures: Figures, into: list[float]) -> None:
    """Ask for the shop's pages in turn; milliseconds of each answer."""
    with Visitor(demo) as visitor:
        for path in itertools.cycle(PAGES):
            if not figures.goes_on:
                return
            begun = time.monotonic()
            if figures.attempt(lambda path=path: get(visitor, path)):
                into.append((time.monotonic() - begun) * 1000)
            time.sleep(0.5)


def buy_again_and_again(demo: Demo, figures: Figures, place: int) -> None:
    for number in itertools.count():
        if not figures.goes_on:
            return
        email = f"soak-{os.getpid()}-{place}-{number}@example.org"
        with Visitor(demo) as visitor:
            figures.begun.add(email)
            try:
                buy(visitor, figures, email)
            except Unexpected as error:
                figures.given_up[str(error)] += 1
            else:
                figures.confirmed.add(email)


def buy(visitor: Visitor, figures: Figures, email: str) -> None:
    """From a listing to the page that thanks; each step is reloaded until it works."""
    found = figures.insist(lambda: get(visitor, SHOP + "search/?q=" + random.choice(WORDS)))
    goods = sorted(set(re.findall(r'href="(/ma/fr/goods/[^"#?]+)"', found.text)))
    random.shuffle(goods)
    for path in goods:
        page = figures.insist(lambda path=path: get(visitor, path))
        if 'name="variant"' in page.text:
            break
    else:
        raise Unexpected("nothing to buy")
    figures.insist(lambda: send(visitor, page, "variant"))
    typed = {
        "name": "Soak Bennani", "email": email, "line1": "12 rue des Orangers",
        "phone": f"06 61 {random.randrange(10, 99)} 33 {random.randrange(10, 99)}",
        "city": "Casablanca", "region_code": "MA-06",
    }  # fmt: skip
    page = _step(visitor, figures, SHOP + "checkout/", "line1", "/delivery/", **typed)
    page = _step(visitor, figures, page.url.path, "option", "/payment/")
    page = _step(visitor, figures, page.url.path, "method", "/card/", method="card")
    _pay_by_card(visitor, figures, page.url.path)


def _pay_by_card(visitor: Visitor, figures: Figures, path: str) -> None:
    """A payment that was cut in the middle goes on with the code that the bank asks for."""

    def once() -> httpx.Response:
        page = get(visitor, path)
        if "/orders/" in page.url.path:
            return page
        if 'name="code"' in page.text:
            return send(visitor, page, "code", code="123456")
        return send(visitor, page, "number", number="4242424242424242")

    for _ in range(5):
        answer = figures.insist(once)
        path = answer.url.path
        if "/orders/" in path:
            return
    raise Unexpected(f"not paid; at {path}")


def _step(
    visitor: Visitor, figures: Figures, path: str, wanted: str, leads_to: str, **typed: str
) -> httpx.Response:
    """Send the form at a path until the next page comes; a reload may already show that one."""

    def once() -> httpx.Response:
        page = get(visitor, path)
        return page if leads_to in page.url.path else send(visitor, page, wanted, **typed)

    for _ in range(5):
        answer = figures.insist(once)
        if leads_to in answer.url.path:
            return answer
        path = answer.url.path if answer.url.path.count("/") > 3 else path
    raise Unexpected(f"no way from {path} to {leads_to}; at {answer.url.path}")


def work_as_member(demo: Demo, figures: Figures) -> None:
    """Orders, listings and money; a stock corrected now and then."""
    base = f"/portal/{MEMBER_SLUG}/"
    with Visitor(demo) as visitor:
        _sign_in(visitor, figures, MEMBER)
        while figures.goes_on:
            found = ""
            for path in ("", "orders/", "money/", "listings/"):
                if page := figures.attempt(lambda path=path: get(visitor, base + path)):
                    figures.done["member's pages"] += 1
                    found = page.text
                    time.sleep(random.uniform(*THINKS_SECONDS))
            for path in re.findall(rf'href="({base}listings/[0-9a-f-]{{36}}/)"', found)[:1]:
                stock = str(random.randrange(40, 60))
                if figures.attempt(
                    lambda path=path, stock=stock: send(
                        visitor, get(visitor, path), "quantity", quantity=stock
                    )
                ):
                    figures.done["stocks corrected"] += 1
            time.sleep(1)


def work_as_staff(demo: Demo, figures: Figures) -> None:
    """The pages that staff look at, sums included."""
    base = f"/staff/{PROGRAMME}/"
    with Visitor(demo) as visitor:
        _sign_in(visitor, figures, STAFF)
        while figures.goes_on:
            for path in ("", "orders/", "moderation/", "cooperatives/"):
                if figures.attempt(lambda path=path: get(visitor, base + path)):
                    figures.done["staff's pages"] += 1
                    time.sleep(random.uniform(*THINKS_SECONDS))


def _sign_in(visitor: Visitor, figures: Figures, email: str) -> None:
    for _ in range(TRIES):
        try:
            if visitor.sign_in(email).status_code == 302:
                return
        except httpx.TransportError:
            pass
        time.sleep(1)
    figures.unexpected.append(f"{email} could not sign in")


def import_again_and_again(demo: Demo, figures: Figures, folder: Path) -> None:
    """A table of twenty products, each time with other keys."""
    columns = (
        "key",
        "name_fr",
        "description_fr",
        "category",
        "weight_grams",
        "quantity",
        "price_ma-mad",
    )
    for number in itertools.count():
        if not figures.goes_on:
            return
        table = folder / "soak.csv"
        with table.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(columns)
            for row in range(20):
                key = f"soak-{os.getpid()}-{number}-{row}"
                rows.writerow(
                    [key, f"Miel {number} {row}", "Récolté en juillet.", "honey", 400, 50, "95.00"]
                )
        command = [sys.executable, "-m", "marketplace", "import-listings", str(table)]
        status = subprocess.run(
            [*command, "--cooperative", MEMBER_SLUG, "--data", str(demo.folder)],
            capture_output=True, check=False,
        )  # fmt: skip
        figures.imports[f"status {status.returncode}"] += 1
        time.sleep(5)


def kill_now_and_then(demo: Demo, figures: Figures, every: float) -> None:
    """The web process and the worker, by turns: its worker process, its main process."""
    stop = threading.Event()
    for number in itertools.count():
        stop.wait(every)
        if figures.ends_at - time.monotonic() < every / 2:
            return
        running = processes_of(demo.folder)
        main, workers = web_server(demo.folder)
        worker = [pid for pid, line in running.items() if "marketplace worker" in line]
        chosen = {"web worker": max(workers)} if number % 2 else {"web server": main}
        chosen |= {"worker": worker[0]} if worker else {}
        for name, pid in chosen.items():
            os.kill(pid, signal.SIGKILL)
            figures.killed[name] += 1


def measure_memory(demo: Demo, figures: Figures) -> None:
    """Megabytes of each kind of process, each ten seconds."""
    while figures.goes_on:
        found: Counter[str] = Counter()
        for pid, line in processes_of(demo.folder).items():
            kind = next((kind for kind in ("granian", "worker", "fill_demo") if kind in line), "")
            if kind:
                found[kind] += _megabytes(pid)
        for kind, megabytes in found.items():
            figures.memory.setdefault(kind, []).append((time.monotonic(), megabytes))
        time.sleep(10)


def _megabytes(pid: int) -> int:
    """What the process has for itself: shared pages counted once."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) // 1024
