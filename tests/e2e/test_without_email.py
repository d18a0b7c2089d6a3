"""A buyer with a phone alone, in Arabic at 360 px: orders, confirms by a code, finds it again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.acts import Way, choose_delivery, press, put_into_basket
from tests.e2e.conftest import OpenPage
from tests.e2e.sales import OTHER_SLUG, first_product_of, until

WAY = Way("ar", phone=True)
PHONE, TYPED = "+212661009988", "٠٦٦١٠٠٩٩٨٨"


def newest_text(page: Page, demo: Demo, pattern: str) -> re.Match[str]:
    """The newest message to the phone that says something, as the demo's outbox shows it."""
    found: list[re.Match[str]] = []

    def is_there() -> bool:
        page.goto(f"{demo.url}/demo/outbox/")
        for row in page.locator("tbody tr", has_text=PHONE).all()[:1]:
            row.locator("a").click()
            if match := re.search(pattern, page.locator("main").inner_text()):
                found.append(match)
        return bool(found)

    assert until(is_there)
    return found[-1]


@pytest.mark.parametrize("scripts", [False], ids=["without JavaScript"])
def test_a_phone_alone_orders_and_finds_the_order_again(
    demo: Demo, open_page: OpenPage, *, scripts: bool
) -> None:
    page = open_page(phone=True, scripts=scripts, language="ar")
    outbox = open_page(phone=True, scripts=scripts, language="ar")
    put_into_basket(page, first_product_of(page, demo, WAY, OTHER_SLUG))
    page.goto(demo.url + WAY.shop("checkout/"))
    page.fill("[name=name]", "فاطمة الزهراء")
    page.fill("[name=phone]", TYPED)
    page.fill("[name=line1]", "12 زنقة الليمون")
    page.fill("[name=city]", "تيزنيت")
    page.select_option("[name=region_code]", "MA-09")
    press(page, "main form button.btn")
    choose_delivery(page)
    press(page, "main form button.btn")
    expect(page).to_have_url(re.compile(r"/payment/code/$"))
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]

    page.fill("[name=code]", newest_text(outbox, demo, r"\b(\d{6})\b")[1])
    press(page, "main form button.btn")
    expect(page).to_have_url(re.compile(r"/orders/.+new=1$"))
    told = newest_text(outbox, demo, r"(TW-\w{4}-\w{4})[\s\S]*(/ma/ar/orders/\S+)")
    number = told[1]
    page.goto(demo.url + told[2])
    expect(page.locator("main")).to_contain_text(number)

    page.goto(demo.url + WAY.shop("orders/find/"))
    page.fill("[name=number]", number)
    page.fill("[name=phone]", TYPED)
    press(page, "main form button.btn")
    expect(page).to_have_url(re.compile(r"/orders/find/.+"))
    page.fill("[name=code]", newest_text(outbox, demo, r"\b(\d{6})\b[\s\S]*TW-")[1])
    press(page, "main form button.btn")
    expect(page.locator("main")).to_contain_text(number)
