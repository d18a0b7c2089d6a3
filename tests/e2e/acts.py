"""What people do in the journeys, said once for both ways of looking at the pages."""

import io
import re
from dataclasses import dataclass

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

MANAGER = "argan@twiza.example"
MANAGER_SLUG = "timzit-n-tidzi"
COORDINATOR = "coordination@twiza.example"
PREPARER, APPROVER = "finance@twiza.example", "validation@twiza.example"
PROGRAMME = "mourafaka"
GOOD_CARD, DECLINED_CARD, CAREFUL_CARD = "4242424242424242", "4000000000000002", "4000002500003155"


@dataclass(frozen=True)
class Way:
    """How a journey is looked at: a language, and a phone's or a desk's width."""

    language: str
    phone: bool

    def shop(self, path: str = "", market: str = "ma") -> str:
        return f"/{market}/{self.language}/{path}"


WAYS = [Way("ar", phone=True), Way("fr", phone=False)]


def photograph() -> dict[str, object]:
    """A picture as a phone's camera would give it."""
    picture = Image.new("RGB", (900, 900), "#c9a06a")
    ImageDraw.Draw(picture).ellipse((200, 200, 700, 700), fill="#7a4f00")
    content = io.BytesIO()
    picture.save(content, "JPEG")
    return {"name": "amlou.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def press(place: Page | Locator, selector: str) -> None:
    """Press the button that a form shows, where the page may hold a second one for other widths."""
    place.locator(selector).locator("visible=true").first.click()


def send(page: Page, selector: str) -> None:
    """Press a button of a workplace's form, and wait for the answer.

    The page asks first whether there is a connection, so that the click itself is over before.
    """
    with page.expect_navigation(timeout=120_000):
        press(page, selector)


def write_listing(page: Page, names: dict[str, str], price: str) -> None:
    """Fill the form of a new product as somebody with a phone would."""
    page.set_input_files("[name=photos]", photograph())  # type: ignore[arg-type]
    page.locator(".pick label", has=page.locator("[name=category]")).first.click()
    for details in page.locator("form details").all():
        if details.get_attribute("open") is None:
            details.locator("summary").click()
    for language, name in names.items():
        page.fill(f"[name=name_{language}]", name)
        page.fill(f"[name=description_{language}]", f"{name}. 250 g.")
    page.fill("[name=price_ma]", price)
    page.fill("[name=weight_grams]", "400")
    page.fill("[name=net_quantity]", "250 g")
    page.fill("[name=quantity]", "12")
    press(page, "button[value=submit]")


def put_into_basket(page: Page, listing: str) -> None:
    page.goto(listing)
    press(page, "#buy button:not([type=button])")
    expect(page.locator("[role=status]").first).to_be_visible()


def fill_address(
    page: Page, way: Way, *, abroad: bool = False, buyer: str = "Salma Bennani"
) -> None:
    page.fill("[name=name]", buyer)
    page.fill("[name=email]", "salma@example.org")
    page.fill("[name=line1]", "12 rue des Orangers")
    if abroad:
        page.fill("[name=phone]", "+33 6 12 34 56 78")
        page.fill("[name=city]", "Paris")
        page.fill("[name=postal_code]", "75011")
    else:
        page.fill("[name=phone]", "06 61 22 33 44")
        page.fill("[name=city]", "الدار البيضاء" if way.language == "ar" else "Casablanca")
        page.select_option("[name=region_code]", "MA-06")
    press(page, "main form button.btn")


def choose_delivery(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/delivery/$"))
    press(page, "main form button.btn")
    expect(page).to_have_url(re.compile(r"/payment/$"))


def pay_by_card(page: Page, number: str) -> None:
    page.fill("[name=number]", number)
    press(page, "main form button.btn")
