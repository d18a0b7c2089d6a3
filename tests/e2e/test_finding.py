"""Finding something: suggestions, filters by keyboard alone, all of it without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.accessibility import AXE
from tests.e2e.acts import WAYS, Way
from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.parametrize("way", WAYS, ids=["Arabic on a phone", "French at a desk"])
BEGUN = {"ar": "أرك", "fr": "arga"}
WHOLE = {"ar": "عسل", "fr": "miel"}


def box(page: Page) -> str:
    return "header input[name=q]" if page.locator("header input[name=q]").count() else "[name=q]"


def test_the_box_suggests_and_obeys_the_keyboard(way: Way, open_page: OpenPage) -> None:
    # given somebody at the first page, to whom nothing that suggests was sent yet
    page = open_page(way.shop(), phone=way.phone, language=way.language)
    assert page.locator("script[src*=suggest]").count() == 0
    field = page.locator(box(page)).first

    # when they begin a word, the list appears
    field.focus()
    field.press_sequentially(BEGUN[way.language], delay=40)
    options = page.locator("#suggest-list [role=option]")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert Axe().run(page, options=AXE).response["violations"] == []

    # then the arrows go through it and back to the field
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggested-1")
    field.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")

    # Escape closes it, an arrow opens it, Enter goes where the option leads
    field.press("Escape")
    expect(page.locator("#suggest-list")).to_be_hidden()
    field.press("ArrowDown")
    expect(page.locator("#suggest-list")).to_be_visible()
    if options.first.get_attribute("aria-selected") != "true":
        field.press("ArrowDown")
    leads = str(page.locator("#suggest-list [aria-selected=true]").get_attribute("data-href"))
    field.press("Enter")
    page.wait_for_url(f"**{leads}")


def test_filters_by_keyboard_alone(way: Way, open_page: OpenPage) -> None:
    # given results
    page = open_page(
        way.shop(f"search/?q={WHOLE[way.language]}"), phone=way.phone, language=way.language
    )
    expect(page.locator(".card__name").first).to_be_visible()
    if way.phone:
        page.locator("a[href='#filters']").focus()
        page.keyboard.press("Enter")

    # when somebody walks to a closed facet, opens it, chooses and asks, without a pointer
    summary = page.locator("#filters details.facet:not([open]) summary").first
    name = summary.inner_text().strip()
    walk_to(page, summary.evaluate("e => { e.dataset.wanted = 1; return '[data-wanted]' }"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    choice = page.locator(":focus")
    expect(choice).to_have_attribute("type", "checkbox")
    parameter, value = (str(choice.get_attribute(key)) for key in ("name", "value"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    # then the address says the choice, and the facet still shows the others
    page.wait_for_url(re.compile(rf"[?&]{parameter}="))
    chosen = page.locator(f"#filters input[name='{parameter}'][value='{value}']")
    expect(chosen).to_be_checked()
    assert name
    assert Axe().run(page, options=AXE).response["violations"] == []


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(120):
        if page.evaluate("s => !!document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def test_without_scripts_it_is_a_plain_search(way: Way, demo: Demo, open_page: OpenPage) -> None:
    page = open_page(way.shop(), phone=way.phone, scripts=False, language=way.language)
    field = page.locator(box(page)).first
    assert field.get_attribute("role") is None

    field.fill(WHOLE[way.language])
    field.press("Enter")

    expect(page.locator(".card__name").first).to_be_visible()
    assert "q=" in page.url
    page.goto(page.url + "&stock=1")
    expect(page.locator("#filters input[name=stock]")).to_be_checked()
