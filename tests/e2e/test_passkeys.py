"""Staff with a passkey instead of a phone's code: the browser plays the computer's own lock."""

import re

from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.acts import COORDINATOR, PROGRAMME, press
from tests.e2e.conftest import OpenPage

WORK = f"/staff/{PROGRAMME}/"
FACTORS = "/accounts/2fa/"


def give_a_lock(page: Page) -> None:
    """An authenticator of the browser's own, which always says yes."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_signs_in_proves_and_is_removed(sign_in: OpenPage, demo: Demo) -> None:
    page = sign_in(COORDINATOR, FACTORS)
    give_a_lock(page)

    press(page, "a[href$='/webauthn/add/']")
    page.fill("[name=name]", "Ordinateur du bureau")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    page.goto(demo.url + FACTORS)
    expect(page.locator("main")).to_contain_text("Ordinateur du bureau")

    page.goto(demo.url + WORK)
    page.locator("details.menu > summary").click()
    press(page, "form[action$='/logout/'] button")
    page.wait_for_url(lambda url: WORK not in url)
    page.goto(f"{demo.url}/accounts/login/?next={WORK}")
    page.fill("[name=login]", COORDINATOR)
    page.fill("[name=password]", demo.password)
    press(page, "main form button.btn")
    page.wait_for_url(re.compile("/2fa/authenticate/"))
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(re.compile(f"{WORK}$"))
    expect(page.locator("main h1")).to_be_visible()

    # The page that asks for a recent proof offers the passkey beside the code.
    page.goto(f"{demo.url}{FACTORS}reauthenticate/?next={FACTORS}")
    press(page, "a[href*='/webauthn/reauthenticate/']")
    page.locator("#mfa_webauthn_reauthenticate").click()
    page.wait_for_url(re.compile(f"{FACTORS}$"))

    press(page, "a[href$='/remove/']")
    press(page, "main form button.btn.bad")
    page.wait_for_url(lambda url: "/remove/" not in url)
    page.goto(demo.url + FACTORS)
    expect(page.locator("main")).not_to_contain_text("Ordinateur du bureau")
