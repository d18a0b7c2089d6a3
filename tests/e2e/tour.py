"""The pages that visitors, members and staff see most, for the checks of all pages."""

from playwright.sync_api import Page

from tests.e2e.acts import MANAGER_SLUG, PROGRAMME, Way, press

SHOP = ["", "search/?q=argan", "cooperatives/", f"cooperatives/{MANAGER_SLUG}/", "basket/"]
PORTAL = ["", "listings/", "listings/new/", "orders/", "money/", "profile/"]
STAFF = [
    "",
    "moderation/",
    "cooperatives/",
    "orders/",
    "payouts/",
    "impact/",
    "refunds/",
    "people/",
]
ENTRANCE = ["/accounts/login/"]


def shop_pages(page: Page, base: str, way: Way) -> list[str]:
    """The shop's pages, with a product in the basket so that the checkout opens."""
    page.goto(base + way.shop(f"cooperatives/{MANAGER_SLUG}/"))
    listing = str(page.locator(".card__name a").first.get_attribute("href"))
    page.goto(base + listing)
    press(page, "#buy button:not([type=button])")
    page.wait_for_load_state("networkidle")
    return [base + way.shop(path) for path in [*SHOP, "checkout/"]] + [base + listing]


def portal_pages(base: str) -> list[str]:
    return [f"{base}/portal/{MANAGER_SLUG}/{path}" for path in PORTAL]


def staff_pages(base: str) -> list[str]:
    return [f"{base}/staff/{PROGRAMME}/{path}" for path in STAFF]
