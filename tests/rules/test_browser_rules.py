"""Every page, file and refusal tells the browser what it may do with it."""

import copy
import os
import re
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from tests.rules.access_addresses import places
from tests.rules.access_walk import world
from tests.rules.access_world import AccessWorld
from tests.rules.elements import faults_of_elements
from tests.rules.every_place import all_that_there_may_be, clients, usual_address, who_may_enter

__all__ = ["all_that_there_may_be", "clients", "world"]

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": {"nosniff"},
    # An order's own page tells nobody its address.
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
}
# Seen by everybody alike, so anybody may keep a copy.
FOR_EVERYBODY = {
    "photos:photo", "photos:in-width", "photos:person",
    "ui:illustration", "ui:favicon", "storefront:suggest",
    "storefront:picture", "storefront:category-picture", "storefront:cooperative-picture",
    "storefront:listing-picture", "storefront:manifest", "storefront:feed",
    "sitemaps:robots", "sitemaps:index", "sitemaps:pages", "sitemaps:cooperatives",
    "sitemaps:listings",
}  # fmt: skip
PRIVATE = ("account", "mfa", "portal", "staff", "dashboard", "demo")
ONE_PERSONS = re.compile(r"basket|checkout|tracking|payment|mail|outbox")


def faults_of(name: str, response: Any) -> list[str]:
    """What the headers of a response lack."""
    headers = response.headers
    found = [
        f"{key}: {headers.get(key)}" for key, said in ALWAYS.items() if headers.get(key) not in said
    ]
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy and "default-src 'none'" not in policy:
        found.append(f"CSP: {policy}")
    if "unsafe-eval" in policy or ("unsafe-inline" in policy and name != "ui:illustration"):
        found.append(f"CSP: {policy}")
    allowed = headers.get("Permissions-Policy", "")
    unused = ("camera", "geolocation", "microphone")
    found += [feature for feature in unused if f"{feature}=()" not in allowed]
    caches = headers.get("Cache-Control", "")
    if name in FOR_EVERYBODY:
        return found
    if "private" not in caches and "no-store" not in caches:
        found.append(f"Cache-Control: {caches}")
    is_private = name.startswith(PRIVATE) or ONE_PERSONS.search(name)
    if is_private and "no-store" not in caches and "photo" not in name and "kept" not in name:
        found.append(f"Cache-Control: {caches}")
    if headers.get("Cross-Origin-Resource-Policy") != "same-origin":
        found.append("Cross-Origin-Resource-Policy")
    kind = headers.get("Content-Type", "").partition(";")[0]
    is_file = kind in {"application/pdf", "text/csv", "application/xml", "text/xml"}
    if (is_file or "spreadsheet" in kind) and not headers.get("Content-Disposition"):
        found.append("Content-Disposition")
    return found


def test_every_address_says_it_and_names_no_attribute_twice(
    world: AccessWorld, clients: dict[str, Client]
) -> None:
    faults, seen, read = [], 0, 0
    for place in places():
        response = who_may_enter(place, clients).get(usual_address(place, world))
        found = faults_of(place.name, response)
        if response.streaming:
            response.getvalue()
        elif response["Content-Type"].startswith("text/html"):
            read += 1
            found += faults_of_elements(response.content.decode())
        seen += response.status_code == 200
        faults += [f"{place.name} ({response.status_code}): {fault}" for fault in found]
    assert faults == []
    assert seen > 60
    assert read > 60


def test_an_attribute_named_twice_is_seen() -> None:
    assert faults_of_elements('<input name="price" type="text" type="number">')
    assert faults_of_elements('<p id="a"></p><p id="a"></p>')


def test_refusals_say_it_too(client: Client) -> None:
    for path in ("/ma/fr/nothing/", "/staff/nowhere/", "/portal/nobody/", "/media/photos/x.jpg"):
        assert faults_of("error", client.get(path)) == []
    assert (
        faults_of("error", client.post("/ma/fr/basket/add/", headers={"Host": "localhost"})) == []
    )


def test_cookies_are_for_this_host_alone(client: Client, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True

    client.get("/accounts/login/", secure=True)
    chosen = client.get(reverse("ui:language", kwargs={"language": "ar"}), secure=True)

    cookie = chosen.cookies["twiza_language"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["domain"], cookie["path"]) == ("", "/")


@pytest.mark.parametrize(
    ("address", "prefix"), [("https://shop.example", "__Host-"), ("http://localhost:8000", "")]
)
def test_names_of_cookies_follow_the_public_address(address: str, prefix: str) -> None:
    """In a process of its own: the names are read when the settings are."""
    said = subprocess.run(
        [sys.executable, "-c", PRINTED],
        env={**os.environ, "TWIZA_PUBLIC_URL": address},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said == [
        f"{prefix}twiza_session",
        f"{prefix}csrftoken",
        str(bool(prefix)),
        str(bool(prefix)),
    ]
    assert django_settings.SESSION_COOKIE_PATH == django_settings.CSRF_COOKIE_PATH == "/"
    assert django_settings.SESSION_COOKIE_DOMAIN is None


PRINTED = """
import marketplace.settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)
"""
ADDRESSES = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example",
    "\\\\evil.example", "javascript:alert(1)", "https:evil.example", "http:///evil.example",
    "\t//evil.example", "/%09/evil.example", "https://localhost@evil.example/",
    "/ma/fr/\r\nSet-Cookie: x=1",
]  # fmt: skip


NAMES = ("next", "back", "return", "return_to", "url", "to")


def led_astray(response: Any) -> bool:
    """Whether a browser would leave the site: it reads a backslash as a slash, and skips tabs."""
    led = response.headers.get("Location", "/").replace("\\", "/").replace("\t", "")
    parts = urlsplit(led)
    return bool(parts.netloc or parts.scheme) or led.startswith("//")


def test_nobody_is_led_astray(world: AccessWorld, clients: dict[str, Client]) -> None:
    language = reverse("ui:language", kwargs={"language": "fr"})
    faults = []
    for target in ADDRESSES:
        asked = dict.fromkeys(NAMES, target)
        for path in ("/accounts/login/", language, "/accounts/logout/", "/"):
            for name in ("anonymous", "manager"):
                client = copy.deepcopy(clients[name])
                answers = (client.get(path, asked), client.post(path, asked))
                astray = [answer for answer in answers if led_astray(answer)]
                faults += [(path, target, answer.headers["Location"]) for answer in astray]
    assert faults == []
