"""A cooperative's first products and first sale on a phone in Arabic, its taps counted.

Three listings from photographs, approved, one order with two lines of which one is refused, the
other sent, and the month's statement. What it took stands in ``docs/cooperative/selling.md``.
"""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.acts import (
    COORDINATOR,
    GOOD_CARD,
    MANAGER,
    MANAGER_SLUG,
    PROGRAMME,
    WAYS,
    choose_delivery,
    fill_address,
    pay_by_card,
    photograph,
    press,
    put_into_basket,
    send,
)
from tests.e2e.conftest import OpenPage
from tests.e2e.looking import look_at
from tests.e2e.sales import until

ARABIC, _FRENCH = WAYS
HOME = f"/portal/{MANAGER_SLUG}/"
NAMES = ("مربى السفرجل بالقرفة", "خل الرمان القديم", "مخلل الليمون الصغير")
MOST_TAPS = 9
BUYER = "عائشة المنصوري"


@dataclass
class Phone:
    """A page whose taps are counted by the browser itself: of a finger, not of a script."""

    page: Page
    taps: int = 0
    began: float = 0.0

    def watch(self) -> None:
        """Count from now on, also on the next pages."""
        self.page.expose_function("tapped", self._tapped)
        watch = "addEventListener('pointerdown', e => e.isTrusted && window.tapped(), true)"
        self.page.add_init_script(watch)
        self.page.reload()
        self.begin()

    def begin(self) -> None:
        """Count anew."""
        self.taps, self.began = 0, time.monotonic()

    def told(self, what: str) -> int:
        """Print what it took, for the document."""
        self.page.wait_for_timeout(50)
        print(f"{what}: {self.taps} taps, {time.monotonic() - self.began:.0f} s")
        return self.taps

    def write(self, selector: str, text: str) -> None:
        """A tap on the field, then the keyboard."""
        self.page.locator(selector).locator("visible=true").first.click()
        self.page.keyboard.type(text)

    def write_over(self, selector: str, text: str) -> None:
        """A tap on the field and a longer one that chooses what stands there, then the keyboard."""
        self.taps += 1
        self.page.locator(selector).locator("visible=true").first.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _tapped(self) -> None:
        self.taps += 1


def list_product(phone: Phone, demo: Demo, name: str) -> None:
    """From the cooperative's first page to the message that it waits for review."""
    page = phone.page
    page.goto(demo.url + HOME)
    phone.begin()
    press(page, "a[href$='/listings/']")
    press(page, "a[href$='/listings/new/']")
    with page.expect_file_chooser() as chosen:
        page.locator("label[for=id_photos]").click()
    chosen.value.set_files(photograph())  # type: ignore[arg-type]
    page.locator(".pick label", has=page.locator("[name=category]")).first.click()
    phone.write("[name=name_ar]", name)
    phone.write("[name=price_ma]", "85")
    phone.write("[name=weight_grams]", "400")
    phone.write("[name=quantity]", "12")
    send(page, "button[value=submit]")
    expect(page).to_have_url(re.compile(r"/listings/[0-9a-f-]{36}/$"))


def approve_all(staff: Page, demo: Demo) -> None:
    for name in NAMES:
        staff.goto(f"{demo.url}/staff/{PROGRAMME}/moderation/")
        staff.get_by_text(name).first.click()
        send(staff, "form[action$='/approve/'] button")


def address_of(page: Page, demo: Demo, name: str) -> str:
    """Where buyers see it, once it is there."""
    link = page.locator(".card__name a", has_text=name)

    def is_there() -> bool:
        page.goto(f"{demo.url}{ARABIC.shop('search/')}?q={name}")
        return link.count() > 0

    assert until(is_there), name
    return demo.url + str(link.first.get_attribute("href"))


def buy_two_products(shopper: Page, demo: Demo) -> None:
    for name in NAMES[:2]:
        put_into_basket(shopper, address_of(shopper, demo, name))
    shopper.goto(demo.url + ARABIC.shop("checkout/"))
    fill_address(shopper, ARABIC, buyer=BUYER)
    choose_delivery(shopper)
    shopper.locator("[name=method][value=card]").check()
    press(shopper, "main form button.btn")
    pay_by_card(shopper, GOOD_CARD)
    expect(shopper).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))


def refuse_a_line(phone: Phone) -> None:
    page = phone.page
    press(page, "a[href$='/refuse/']")
    phone.write_over("main form input[inputmode=numeric]", "1")
    reason = page.locator("select[name^=reason-]").first
    reason.select_option("damaged")
    phone.taps += 2  # one opens the list, one chooses
    send(page, "main form button.btn")
    send(page, "button[name=confirmed]")


def ship_the_rest(phone: Phone) -> None:
    page = phone.page
    send(page, "form[action$='/confirm/'] button")
    phone.write("[name=tracking_number]", "CP123456789MA")
    send(page, "form[action$='/ship/'] button.btn.big")
    expect(page.locator("main")).to_contain_text("CP123456789MA")


def test_from_photographs_to_the_first_statement(
    demo: Demo, sign_in: OpenPage, open_page: OpenPage
) -> None:
    phone = Phone(sign_in(MANAGER, HOME, phone=True, language="ar"))
    phone.watch()
    for number, name in enumerate(NAMES, 1):
        list_product(phone, demo, name)
        assert phone.told(f"listing {number}") <= MOST_TAPS
    approve_all(sign_in(COORDINATOR, f"/staff/{PROGRAMME}/", phone=True, language="ar"), demo)
    shopper = open_page(phone=True, language="ar")
    buy_two_products(shopper, demo)

    phone.page.goto(f"{demo.url}{HOME}orders/")
    phone.begin()
    assert until(lambda: phone.page.reload() is not None and _has_order(phone.page))
    phone.page.get_by_text(BUYER).first.click()
    order = phone.page.url
    refuse_a_line(phone)
    refusing = phone.told("one line refused")
    phone.page.goto(order)
    phone.begin()
    ship_the_rest(phone)
    assert phone.told("the other shipped") + refusing <= 2 * MOST_TAPS
    look_at(phone.page, "f2-shipped")

    number = receive(shopper)
    today = datetime.now(UTC).date()
    phone.page.goto(f"{demo.url}{HOME}money/statements/{today:%Y-%m}/")
    main = phone.page.locator("main")
    assert until(lambda: phone.page.reload() is not None and number in main.inner_text())
    look_at(phone.page, "f3-statement")


def receive(shopper: Page) -> str:
    """The buyer says that the parcel has come, which releases the money; the order's number."""
    shopper.goto(shopper.url.split("?")[0])
    found = re.search(r"TW-\w{4}-\w{4}", shopper.locator("main").inner_text())
    assert found is not None
    parcel = shopper.locator("section[id^=parcel-]").first
    parcel.locator("summary.btn").click()
    parcel.locator("form[action*='/received/'] button").click()
    shopper.wait_for_load_state()
    return found[0]


def _has_order(page: Page) -> bool:
    return page.get_by_text(BUYER).count() > 0
