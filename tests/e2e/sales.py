"""A sale from the basket to the door, for the journeys that need one."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.acts import (
    MANAGER,
    MANAGER_SLUG,
    Way,
    choose_delivery,
    fill_address,
    press,
    put_into_basket,
    send,
)
from tests.e2e.conftest import OpenPage

OTHER_SLUG = "azilal-laine"
OTHER_MANAGER = "laine@twiza.example"


def until(check: Callable[[], bool]) -> bool:
    """Ask again until the worker has come to it; how busy the machine is says nothing of us."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.4)
    return False


def first_product_of(page: Page, demo: Demo, way: Way, slug: str, market: str = "ma") -> str:
    """The first goods of a cooperative that are there to be bought: others buy in the demo too."""
    page.goto(demo.url + way.shop(f"cooperatives/{slug}/", market))
    goods = [str(link.get_attribute("href")) for link in page.locator(".card__name a").all()]
    for address in goods:
        page.goto(demo.url + address)
        if page.locator("#buy button:not([type=button])").count():
            return demo.url + address
    raise AssertionError(f"{slug} has nothing to sell: {goods}")


def ship_both_parts(sign_in: OpenPage, way: Way, buyer: str) -> None:
    """Each cooperative sees its own part alone, confirms, prints, ships."""
    for email, slug in ((MANAGER, MANAGER_SLUG), (OTHER_MANAGER, OTHER_SLUG)):
        member = sign_in(email, f"/portal/{slug}/orders/", phone=way.phone, language=way.language)
        member.get_by_text(buyer).first.click()
        send(member, "form[action$='/confirm/'] button")
        slip = member.request.get(member.url.split("?")[0] + "slip.pdf")
        assert slip.status == 200
        assert slip.body().startswith(b"%PDF")
        number = f"CP{slug[:3].upper()}{buyer[:3].upper()}{way.language.upper()}"
        member.fill("[name=tracking_number]", number)
        send(member, "form[action$='/ship/'] button.btn.big")
        expect(member.locator("main")).to_contain_text(number)


def receive_everything(page: Page, tracking: str) -> None:
    """The buyer says what has come; that, and not the cooperatives' word, releases the money."""
    page.goto(tracking)
    for number in range(2):
        parcel = page.locator("section[id^=parcel-]").nth(number)
        parcel.locator("summary.btn").click()
        parcel.locator("form[action$='/received/'] button").click()
        page.wait_for_load_state()
        page.goto(tracking)
    expect(page.locator("form[action$='/received/']")).to_have_count(0)


def begin_order(page: Page, demo: Demo, way: Way, buyer: str) -> None:
    """Two cooperatives in one basket, an address, a delivery, and card chosen."""
    for slug in (MANAGER_SLUG, OTHER_SLUG):
        put_into_basket(page, first_product_of(page, demo, way, slug))
    page.goto(demo.url + way.shop("basket/"))
    expect(page.locator("main .sum").first).to_be_visible()
    page.goto(demo.url + way.shop("checkout/"))
    fill_address(page, way, buyer=buyer)
    choose_delivery(page)
    page.locator("[name=method][value=card]").check()
    press(page, "main form button.btn")
