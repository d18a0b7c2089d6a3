"""The first order of a new shop, over HTTP: ``python first_order.py ADDRESS HOST WORDS``.

Looks for a product, puts it into the basket and orders it with cash on delivery, as a browser
without scripts does; prints the address of the order's page.
"""

import re
import sys
import time

import httpx
from lxml import html

SHOP = "/ma/fr/"
WAIT_SECONDS = 120
# What a proxy says; nginx appends its own.
BEHIND_PROXY = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "http"}
BUYER = {
    "name": "Salma Bennani", "email": "salma@example.org", "phone": "06 61 22 33 44",
    "line1": "12 rue des Orangers", "city": "Casablanca", "region_code": "MA-06",
}  # fmt: skip


def send(
    browser: httpx.Client, page: httpx.Response, action: str = "", **filled: str
) -> httpx.Response:
    """Send the form of a page's middle with what it holds already, and follow where it leads."""
    forms = html.fromstring(page.content).xpath("//main//form[@method='post']")
    form = next(form for form in forms if (form.get("action") or "").endswith(action))
    answer = browser.post(
        form.get("action") or page.url.path,
        data={**dict(form.form_values()), **filled},
        headers={"Referer": str(page.url.copy_with(host=browser.headers["Host"], port=None))},
    )
    assert answer.status_code == 200, answer.text
    return answer


def find(browser: httpx.Client, words: str) -> str:
    """The address of the first product that a search finds, once the worker has indexed it."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        page = browser.get(f"{SHOP}search/", params={"q": words})
        if found := re.search(r'href="(/ma/fr/goods/[\w-]+/)', page.text):
            return found[1]
        time.sleep(1)
    raise AssertionError(f"nothing is found for {words}: {page.text}")


def order(browser: httpx.Client, words: str) -> str:
    """Order it; the address of the order's page."""
    send(browser, browser.get(find(browser, words)), "basket/add/")
    delivery = send(browser, browser.get(f"{SHOP}checkout/"), **BUYER)
    assert delivery.url.path.endswith("/delivery/"), delivery.text
    payment = send(browser, delivery)
    assert payment.url.path.endswith("/payment/"), payment.text
    done = send(browser, payment)
    assert "/orders/" in done.url.path, done.text
    return str(done.url)


if __name__ == "__main__":
    address, host, searched = sys.argv[1:]
    with httpx.Client(
        base_url=address,
        headers={**BEHIND_PROXY, "Host": host},
        follow_redirects=True,
        timeout=60,
        verify=False,
    ) as client:
        print(order(client, searched))
