"""A weaver on a phone fills in a listing; her session ends, the connection too; nothing is lost."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.acts import MANAGER, MANAGER_SLUG, photograph
from tests.e2e.conftest import OpenPage

NEW = f"/portal/{MANAGER_SLUG}/listings/new/"
NAME, STORY = "زربية تازناخت", "منسوجة باليد، من صوف الجبل."


def photo(name: str) -> dict[str, Any]:
    return photograph() | {"name": name}


def fill_in(page: Page) -> None:
    page.fill("[name=name_ar]", NAME)
    page.fill("[name=description_ar]", STORY)
    page.fill("[name=price_ma]", "2400")
    page.set_input_files("[name=photos]", [photo("amam.jpg"), photo("khalf.jpg")])


def test_a_listing_with_two_photographs_outlives_the_session(sign_in: OpenPage, demo: Demo) -> None:
    page = sign_in(MANAGER, NEW, phone=True, language="ar")
    fill_in(page)
    page.context.clear_cookies(name=re.compile("session"))
    page.locator("button[value=keep]").click()

    # She is asked to sign in, told that nothing is lost, and comes back to the form.
    page.wait_for_url(re.compile("/accounts/login/"))
    expect(page.locator(".toast")).to_be_visible()
    page.fill("[name=login]", MANAGER)
    page.fill("[name=password]", demo.password)
    page.locator("main form button.btn").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    if "/2fa/authenticate/" in page.url:
        page.fill("[name=code]", demo.code(MANAGER))
        page.locator("main form button.btn").first.click()
    page.wait_for_url(re.compile(NEW))

    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.locator("[name=name_ar]")).to_have_value(NAME)
    expect(page.locator("[name=description_ar]")).to_have_value(STORY)
    expect(page.locator("[name=kept_leave_out]")).to_have_count(2)
    for close in page.locator(".toast__close").all():
        close.click()
    page.locator("button[value=keep]").click()
    page.wait_for_url(re.compile(r"/listings/[0-9a-f-]{36}/$"))
    expect(page.locator("h1")).to_contain_text(NAME)
    expect(page.locator(".photos img")).to_have_count(2)


def test_without_a_connection_nothing_is_sent_and_a_draft_waits(sign_in: OpenPage) -> None:
    page = sign_in(MANAGER, NEW, phone=True, language="ar")
    page.fill("[name=name_ar]", NAME)
    page.fill("[name=description_ar]", STORY)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    for close in page.locator(".toast__close").all():
        close.click()
    page.locator("button[value=keep]").click()
    expect(page.locator(".alert.warn button.alt")).to_be_visible()
    expect(page.locator("[name=name_ar]")).to_have_value(NAME)

    # The page is opened anew: what was typed is offered.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(page.url)
    page.locator(".alert.warn button.alt").first.click()
    expect(page.locator("[name=description_ar]")).to_have_value(STORY)


def test_another_language_takes_along_what_was_typed(sign_in: OpenPage) -> None:
    page = sign_in(MANAGER, NEW, language="ar")
    page.fill("[name=name_ar]", NAME)
    page.fill("[name=description_ar]", STORY)
    page.locator("details.menu > summary").click()
    page.locator("details.menu a[hreflang=fr]").click()

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("[name=name_ar]")).to_have_value(NAME)
    expect(page.locator("[name=description_ar]")).to_have_value(STORY)
