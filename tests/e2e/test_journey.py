"""The whole journey, from a new listing to the bank's file, in Arabic on a phone and in French."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.demos import Demo
from tests.e2e.acts import (
    APPROVER,
    CAREFUL_CARD,
    COORDINATOR,
    DECLINED_CARD,
    GOOD_CARD,
    MANAGER,
    MANAGER_SLUG,
    PREPARER,
    PROGRAMME,
    WAYS,
    Way,
    choose_delivery,
    fill_address,
    pay_by_card,
    press,
    put_into_basket,
    send,
    write_listing,
)
from tests.e2e.conftest import OpenPage
from tests.e2e.sales import (
    OTHER_MANAGER,
    OTHER_SLUG,
    begin_order,
    first_product_of,
    receive_everything,
    ship_both_parts,
    until,
)

pytestmark = pytest.mark.parametrize("way", WAYS, ids=["Arabic on a phone", "French at a desk"])


def search(demo: Demo, text: str, language: str) -> list[str]:
    """The addresses that the shop's own search page lists first for a text."""
    answer = demo.run("search", text, "--lang", language, "--json")
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    rows = found["hits"] if isinstance(found, dict) else found
    return [str(row["slug"]) for row in rows]


def test_a_listing_is_written_sent_back_mended_and_approved(
    way: Way, demo: Demo, sign_in: OpenPage
) -> None:
    mark = "زمردة" if way.language == "ar" else "émeraude"
    names = {"ar": f"أملو {mark}", "fr": f"Amlou {mark}", "en": f"Amlou {mark}"}
    manager = sign_in(
        MANAGER, f"/portal/{MANAGER_SLUG}/listings/new/", phone=way.phone, language=way.language
    )
    write_listing(manager, names, "85")
    expect(manager).to_have_url(re.compile(r"/listings/[0-9a-f-]{36}/$"))
    own_page = manager.url

    staff = sign_in(
        COORDINATOR, f"/staff/{PROGRAMME}/moderation/", phone=way.phone, language=way.language
    )
    staff.get_by_text(names[way.language]).first.click()
    staff.fill("[name=remark]", "250 غ أم 500 غ؟" if way.language == "ar" else "250 g ou 500 g ?")
    send(staff, "form[action$='/return/'] button")
    assert search(demo, names[way.language], way.language)[:1] != [names[way.language]]

    manager.goto(own_page)
    expect(manager.locator("main")).to_contain_text("500")
    manager.goto(own_page + "edit/")
    manager.fill("[name=net_quantity]", "500 g")
    send(manager, "button[value=submit]")

    staff.goto(f"{demo.url}/staff/{PROGRAMME}/moderation/")
    staff.get_by_text(names[way.language]).first.click()
    send(staff, "form[action$='/approve/'] button")

    shopper = manager.context.new_page()

    def is_found() -> bool:
        shopper.goto(f"{demo.url}{way.shop('search/')}?q={names[way.language]}")
        return names[way.language] in shopper.locator("main").inner_text()

    assert until(is_found)


def test_a_published_listing_stays_as_it_was_until_its_change_is_approved(
    way: Way, demo: Demo, sign_in: OpenPage
) -> None:
    page = sign_in(
        OTHER_MANAGER, f"/portal/{OTHER_SLUG}/listings/", phone=way.phone, language=way.language
    )
    page.locator("main a[href*='/listings/']").filter(
        has_not=page.locator("xpath=self::*[contains(@href,'/new/')]")
    ).first.click()
    own_page = page.url
    page.fill("#stock [name=quantity]", "41")
    send(page, "#stock button")
    expect(page.locator("#stock [name=quantity]")).to_have_value("41")
    page.goto(own_page + "edit/")
    page.fill("[name=price_ma]", "4321")
    send(page, "button[value=submit]")
    expect(page.locator("main")).to_contain_text(re.compile("4.321"))

    shown = first_product_of(page, demo, way, OTHER_SLUG)
    page.goto(shown)
    expect(page.locator("main .price.big")).not_to_contain_text(re.compile("4.321"))


def test_a_guest_finds_buys_follows_and_two_cooperatives_are_paid(
    way: Way, demo: Demo, open_page: OpenPage, sign_in: OpenPage
) -> None:
    buyer = f"Salma Bennani {way.language}"
    # Home → search with a facet → listing → the cooperative's storefront.
    page = open_page(way.shop(), phone=way.phone, language=way.language)
    expect(page.locator("h1")).to_be_visible()
    words = "زيت اركان" if way.language == "ar" else "huile argan"
    page.goto(f"{demo.url}{way.shop('search/')}?q={words}")
    expect(page.locator(".card").first).to_be_visible()
    facet = page.locator(".facet input[type=checkbox]").first
    page.goto(f"{page.url}&{facet.get_attribute('name')}={facet.get_attribute('value')}")
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".card__name a").first.click()
    page.locator("a.coop--row").click()
    expect(page.locator("svg").first).to_be_attached()

    begin_order(page, demo, way, buyer)

    # A declined card charges nothing; another one that asks for a second step goes through.
    pay_by_card(page, DECLINED_CARD)
    expect(page.locator("main [role=alert], main .alert").first).to_be_visible()
    pay_by_card(page, CAREFUL_CARD)
    expect(page).to_have_url(re.compile(r"second-step/$"))
    page.fill("[name=code]", page.locator("main bdi[dir=ltr], main .ltr").last.inner_text().strip())
    press(page, "main form button.btn")
    expect(page).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))
    tracking = page.url.split("?")[0]
    expect(page.locator("section[id^=parcel-]")).to_have_count(2)

    ship_both_parts(sign_in, way, buyer)
    receive_everything(page, tracking)
    money = sign_in(
        MANAGER, f"/portal/{MANAGER_SLUG}/money/", phone=way.phone, language=way.language
    )
    expect(money.locator("main .money").first).to_be_visible()


def test_finance_pays_with_four_eyes_and_files_once(
    way: Way, demo: Demo, open_page: OpenPage, sign_in: OpenPage
) -> None:
    page, buyer = open_page(phone=way.phone, language=way.language), f"Nadia Filali {way.language}"
    begin_order(page, demo, way, buyer)
    pay_by_card(page, GOOD_CARD)
    expect(page).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))
    ship_both_parts(sign_in, way, buyer)
    receive_everything(page, page.url.split("?")[0])

    preparer = sign_in(
        PREPARER, f"/staff/{PROGRAMME}/payouts/", phone=way.phone, language=way.language
    )

    def is_prepared() -> bool:
        # The form is there once the worker has released the money of what has come.
        preparer.goto(f"{demo.url}/staff/{PROGRAMME}/payouts/")
        if preparer.locator("form[action$='/prepare/']").count():
            send(preparer, "form[action$='/prepare/'] button")
        return "/payouts/VR-" in preparer.url

    assert until(is_prepared), preparer.locator("body").inner_text()
    run = preparer.url
    expect(preparer).to_have_url(re.compile(r"/payouts/VR-[\w-]+/$"))
    expect(preparer.locator("form[action$='/approve/']")).to_have_count(0)

    approver = sign_in(APPROVER, run.removeprefix(demo.url), phone=way.phone, language=way.language)
    total = approver.locator("form[action$='/approve/'] .money").first.inner_text()
    approver.fill(
        "form[action$='/approve/'] [name=total]", re.sub(r"[^\d.,٠-٩]", "", total).strip(".,")
    )
    send(approver, "form[action$='/approve/'] button")
    send(approver, "form[action$='/file/'] button")
    names = [str(link.get_attribute("href")) for link in approver.locator("a[download]").all()]
    assert len([name for name in names if "/file/" in name]) == 3
    first = [approver.request.get(demo.url + name).body() for name in names]
    again = [approver.request.get(demo.url + name).body() for name in names]
    assert first == again
    for layout in (b"pain.001.001.09", b"pain.001.001.03"):
        assert any(layout in content for content in first)

    preparer.goto(run)
    send(preparer, "form[action$='/sent/'] button")
    preparer.goto(run + "settled/")
    preparer.locator("[name=confirmed]").check()
    send(preparer, "main form button.btn.big")
    expect(preparer).to_have_url(run)
    checked = demo.run("ledger", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_staff_see_sales_by_region_and_download_the_table(
    way: Way, demo: Demo, sign_in: OpenPage
) -> None:
    page = sign_in(
        COORDINATOR, f"/staff/{PROGRAMME}/impact/", phone=way.phone, language=way.language
    )
    expect(page.locator("main svg").first).to_be_visible()
    address = f"{demo.url}/staff/{PROGRAMME}/impact/table/"

    def rows() -> int:
        return len(page.request.get(address).text().splitlines())

    assert until(lambda: rows() > 1)
    table = page.request.get(address)
    assert table.status == 200
    assert table.headers["content-type"].startswith("text/csv")


def test_cash_on_delivery_needs_no_card_and_no_script(
    way: Way, demo: Demo, open_page: OpenPage
) -> None:
    page = open_page(way.shop(), phone=way.phone, language=way.language, scripts=False)
    page.goto(first_product_of(page, demo, way, MANAGER_SLUG))
    press(page, "#buy button:not([type=button])")
    page.goto(demo.url + way.shop("checkout/"))
    fill_address(page, way)
    choose_delivery(page)
    page.locator("[name=method][value=cod]").check()
    press(page, "main form button.btn")
    expect(page).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))


def test_a_buyer_abroad_reads_that_duties_are_not_included(
    way: Way, demo: Demo, open_page: OpenPage
) -> None:
    page = open_page(way.shop(market="eu"), phone=way.phone, language=way.language)
    put_into_basket(page, first_product_of(page, demo, way, MANAGER_SLUG, market="eu"))
    page.goto(demo.url + way.shop("checkout/", market="eu"))
    fill_address(page, way, abroad=True)
    duties = "غير داخلة في هذا السعر" if way.language == "ar" else "pas compris dans ce prix"
    expect(page.locator("main")).to_contain_text(duties)
    choose_delivery(page)
    press(page, "main form button.btn")
    pay_by_card(page, GOOD_CARD)
    expect(page).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))
