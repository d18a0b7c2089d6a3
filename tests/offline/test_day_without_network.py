"""A day at a fair without a network, on one phone: from the morning's pages to the evening."""

import re
from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, Page, expect

from marketplace.offline.models import TakenCommand
from tests.direct_sales.selling import everything, sell, stock
from tests.factories.vendors import make_member
from tests.offline.in_a_browser import MARKS, chromium, world
from tests.offline.schedules.server import Liar, served
from tests.orders.world import World
from tests.web.browsers import browser as signed_in
from vendors.models import User
from vendors.scoping import Crossing

__all__ = ["chromium", "world"]
pytestmark = MARKS
PAGES_KEPT = """async () => {
  let kept = 0;
  for (const name of await caches.keys())
    if (name.startsWith("twiza-pages")) kept += (await (await caches.open(name)).keys()).length;
  return kept;
}"""


@pytest.fixture
def network(world: World) -> Liar:
    return Liar(get_wsgi_application())


@pytest.fixture
def origin(network: Liar) -> Iterator[str]:
    with served(network) as address:
        yield address


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 360, "height": 740})
    yield made
    made.close()


def sign_in(context: BrowserContext, origin: str, user: User) -> None:
    context.clear_cookies()
    cookies = signed_in(user, "en").cookies.values()
    context.add_cookies([{"name": c.key, "value": c.value, "url": origin} for c in cookies])


def in_the_morning(context: BrowserContext, origin: str, world: World) -> tuple[Page, str]:
    """The portal is opened once with a network; the phone then has all that it needs."""
    page = context.new_page()
    home = f"{origin}/portal/{world.weavers.slug}/"
    page.goto(home)
    page.evaluate(f"""async () => {{
      while (await ({PAGES_KEPT})() < 7) await new Promise((done) => setTimeout(done, 100));
    }}""")
    page.goto(f"{home}offline/")
    expect(page.locator("[data-heard]")).to_be_visible()
    return page, home


def rows(page: Page, group: str) -> int:
    return page.locator(f"[data-rows={group}] article").count()


def record_sale(page: Page, home: str) -> str:
    """One rug is sold; the number that the phone showed before."""
    page.goto(f"{home}offline/sale/")
    page.locator("[data-choice] [data-list] button").first.click()
    shown = page.locator("[data-expected]").inner_text()
    page.locator("form[data-record] button.big").click()
    expect(page.locator("[data-recorded]")).to_be_visible()
    return shown


def test_a_day_at_a_fair(world: World, origin: str, context: BrowserContext) -> None:
    sign_in(context, origin, world.manager)
    page, home = in_the_morning(context, origin, world)
    context.set_offline(True)

    for path in ("", "orders/", "listings/"):
        page.goto(home + path)
        expect(page.locator("html")).to_have_attribute("data-copy-of", re.compile("T"))
        expect(page.locator("main .alert.warn").first).to_contain_text("as you last saw it")
    # What is not on the phone leads to what is.
    page.goto(f"{home}money/")
    expect(page.locator("[data-offline-page=phone]")).to_be_visible()

    assert [record_sale(page, home) for _sale in range(3)] == ["12", "11", "10"]
    page.goto(f"{home}offline/count/")
    page.locator("[data-choice] [data-list] button").first.click()
    page.fill("[name=quantity]", "ثلاثة")
    page.locator("form[data-record] button.big").click()
    expect(page.locator(".field .err")).to_have_text("Enter a whole number from 0, in digits.")
    page.fill("[name=quantity]", "٧")
    page.locator("form[data-record] button.big").click()
    expect(page.locator("[data-recorded]")).to_be_visible()
    page.goto(f"{home}offline/draft/")
    page.fill("[name=name]", "Kilim of the fair")
    page.fill("[name=price]", "1 250,50")
    page.locator("form[data-record] button.big").click()
    expect(page.locator("[data-recorded]")).to_be_visible()

    page.goto(f"{home}offline/")
    page.reload()
    expect(page.locator("[data-rows=waiting] article")).to_have_count(5)
    expect(page.locator("[data-outcome]")).to_contain_text("No network")
    assert everything() == []

    # A colleague sells one in the village meanwhile.
    sell(world, 1)
    context.set_offline(False)
    page.locator("[data-send]").click()
    expect(page.locator("[data-rows=done] article")).to_have_count(4)
    expect(page.locator("[data-rows=settle] article")).to_have_count(1)
    expect(page.locator("[data-rows=settle]")).to_contain_text("Counted: 7")
    assert (len(everything()), stock(world)) == (4, 8)
    page.locator("[data-rows=settle] button", has_text="Keep mine: 7").click()
    expect(page.locator("[data-rows=settle]")).to_be_hidden()
    expect(page.locator("[data-rows=done] article")).to_have_count(5)
    assert stock(world) == 7
    kinds = TakenCommand.objects.crossing(Crossing.POLICY).values_list("kind", flat=True)
    assert sorted(kinds) == ["count", "count", "draft", "sale", "sale", "sale"]
    page.goto(f"{home}listings/")
    expect(page.locator("main")).to_contain_text("Kilim of the fair")


def test_who_uses_the_phone_next_neither_sees_nor_sends_the_queue(
    world: World, origin: str, context: BrowserContext
) -> None:
    sign_in(context, origin, world.manager)
    page, home = in_the_morning(context, origin, world)
    context.set_offline(True)
    record_sale(page, home)
    context.set_offline(False)
    second = make_member(world.weavers, "seller")
    sign_in(context, origin, second)

    # The first one's page is still open and would send: the shop says who is signed in.
    page.goto(f"{origin}/health/live")
    page.go_back()
    page.goto(f"{home}offline/")
    expect(page.locator("[data-outcome]")).to_have_text("Everything is sent.")
    assert (rows(page, "waiting"), rows(page, "done"), everything()) == (0, 0, [])
    # Of the first one's pages none is left.
    owners = page.evaluate("async () => (await caches.keys()).filter(n => n.includes('pages'))")
    assert [name.rpartition(" ")[2] for name in owners] == [str(second.pk)]

    sign_in(context, origin, world.manager)
    page.goto(f"{home}offline/")
    expect(page.locator("[data-rows=done] article")).to_have_count(1)
    assert [sale.recorded_by for sale in everything()] == [world.manager]


FORGED = {
    "a hotel's page": "<h1>Welcome to our café</h1>",
    "another person's": '{"person": "0", "at": "2026-01-01T00:00:00Z", "answers": [],'
    ' "products": [], "drafts": []}',
    "incomplete": '{"answers": [{"key": "x", "state": "done", "words": [], "facts": {}}]}',
    "no answer": "[]",
}


def test_a_forged_answer_marks_nothing_as_sent(
    world: World, network: Liar, origin: str, context: BrowserContext
) -> None:
    sign_in(context, origin, world.manager)
    page, home = in_the_morning(context, origin, world)
    context.set_offline(True)
    record_sale(page, home)
    page.goto(f"{home}offline/")
    # Before there is a network: the page itself sends as soon as there is one.
    network.says = FORGED["no answer"]
    context.set_offline(False)
    for forged in FORGED.values():
        network.says = forged
        assert page.evaluate("() => twizaOffline.own.sync()") in {"failed", "signedOut"}
        assert page.evaluate("async () => (await twizaOffline.own.state()).waiting.length") == 1
    # Signed out, the queue waits.
    cookies = context.cookies()
    context.clear_cookies()
    network.says = ""
    page.locator("[data-send]").click()
    expect(page.locator("[data-outcome]")).to_contain_text("signed out")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    assert everything() == []
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page.locator("[data-send]").click()
    expect(page.locator("[data-outcome]")).to_have_text("Everything is sent.")
    assert len(everything()) == 1


def test_signing_out_asks_and_then_clears_the_phone(
    world: World, network: Liar, origin: str, context: BrowserContext
) -> None:
    sign_in(context, origin, world.manager)
    page, home = in_the_morning(context, origin, world)
    context.set_offline(True)
    record_sale(page, home)
    page.goto(f"{home}offline/")
    # The page would send as soon as there is a network.
    network.says = FORGED["no answer"]
    context.set_offline(False)
    page.locator("header details.menu summary").click()
    page.locator("form[action$='/logout/'] button").click()
    warned = page.locator("main .alert[role=alert]", has_text="Signing out deletes them")
    expect(warned).to_be_visible()
    assert page.evaluate("async () => (await twizaOffline.own.state()).waiting.length") == 1
    # Some sends wait for their turn while the phone is cleared.
    page.evaluate("() => { for (let i = 0; i < 20; i++) twizaOffline.own.sync(); }")
    with page.expect_navigation():
        warned.locator("button").click()
    page.goto(f"{origin}/health/live")
    left = page.evaluate("async () => (await indexedDB.databases()).map(one => one.name)")
    assert (left, page.evaluate(PAGES_KEPT)) == ([], 0)
    assert everything() == []
