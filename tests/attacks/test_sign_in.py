"""Who tries to come in: by guessing who is known, with others' addresses, with used codes."""

import re
import time
from collections.abc import Callable

import httpx
import pytest

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor
from tests.demos import Demo

KNOWN, UNKNOWN = "buyer@twiza.example", "nobody-{}@twiza.example"
COORDINATOR, PREPARER = "coordination@twiza.example", "finance@twiza.example"
STAFF, PEOPLE = "/staff/mourafaka/", "/staff/mourafaka/people/"
PREPARE = "/staff/mourafaka/payouts/prepare/"
LOGIN, FACTOR = "/accounts/login/", "/accounts/2fa/authenticate/"
ASKED = "/accounts/2fa/reauthenticate/"
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
NewVisitor = Callable[[], Visitor]
OLDER = """
from django.contrib.sessions.backends.db import SessionStore
for key in {keys}:
    store = SessionStore(key)
    records = store["account_authentication_methods"]
    store["account_authentication_methods"] = [dict(r, at=r["at"] - 1000) for r in records]
    store.save()
"""


def ways(email: str) -> dict[str, tuple[str, dict[str, object]]]:
    password = "a wrong password 17"
    return {
        "signing up": (
            "/accounts/signup/",
            {"email": email, "password1": password, "password2": password},
        ),
        "a new password": ("/accounts/password/reset/", {"email": email}),
        "signing in": (LOGIN, {"login": email, "password": password}),
    }


@pytest.mark.parametrize("way", ["signing up", "a new password", "signing in"])
def test_nothing_tells_whether_an_address_is_known(
    visitor: NewVisitor, tried: Tried, way: str
) -> None:
    found, seconds = {}, {}
    for email in (KNOWN, UNKNOWN.format(way.replace(" ", "-"))):
        somebody = visitor()
        path, given = ways(email)[way]
        began = time.monotonic()
        answer = somebody.send_form(path, given)
        seconds[email] = time.monotonic() - began
        where = answer.headers.get("Location", "")
        page = somebody.get(where) if where else answer
        text = TOKEN.sub("", page.text).replace(email, "…")
        found[email] = (answer.status_code, where, page.status_code, text)
    first, second = found.values()
    ratio = seconds[KNOWN] / max(1e-6, *(s for email, s in seconds.items() if email != KNOWN))
    tried(f"{way} with a known and an unknown address", f"{first[:3]}, times as long: {ratio:.1f}")
    assert first == second


def test_a_stranger_does_not_sign_up_with_anothers_address(
    visitor: NewVisitor, tried: Tried
) -> None:
    stranger = visitor()
    path, given = ways("president@a-cooperative.example")["signing up"]
    answer = stranger.send_form(path, given)
    page = stranger.get("/accounts/sessions/")
    tried("a page of one's account after signing up, before the code", page.status_code)
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert page.status_code == 302
    for code in ("", "000000", "AAAA-AAAA"):
        stranger.send_form("/accounts/confirm-email/", {"code": code})
    assert stranger.get("/accounts/sessions/").status_code == 302


def test_a_session_does_not_make_an_unproven_address_its_own(
    visitor: NewVisitor, tried: Tried
) -> None:
    somebody = visitor()
    assert somebody.sign_in(KNOWN).status_code == 302
    for act in ("action_primary", "action_add", "action_send"):
        given: dict[str, object] = {"email": "president@a-cooperative.example", act: "1"}
        answer = somebody.send_form("/accounts/email/", given)
        tried(f"{act} with an address of somebody else", answer.status_code)
    page = somebody.get("/accounts/home/?choose=1").text
    assert KNOWN in page
    assert "president@a-cooperative.example" not in page


def test_the_password_alone_opens_no_page_of_staff(visitor: NewVisitor, tried: Tried) -> None:
    stranger = visitor()
    answer = stranger.send_form(LOGIN, {"login": COORDINATOR, "password": stranger.password})
    assert answer.headers["Location"] == FACTOR
    for path in (STAFF, PEOPLE, "/accounts/2fa/", "/accounts/sessions/"):
        page = stranger.get(path)
        tried(f"{path} with a password and no code", page.status_code)
        assert page.status_code == 302
        assert page.headers["Location"].startswith(LOGIN)


def test_a_code_is_taken_once(visitor: NewVisitor, attacked: Demo, tried: Tried) -> None:
    code, outcomes = attacked.code(COORDINATOR), []
    for _attempt in range(2):
        somebody = visitor()
        somebody.send_form(LOGIN, {"login": COORDINATOR, "password": somebody.password})
        outcomes.append(somebody.send_form(FACTOR, {"code": code}).status_code)
    tried("the same code from the phone, twice", outcomes)
    assert outcomes == [302, 200]


def test_money_and_roles_take_a_recent_code(
    visitor: NewVisitor, attacked: Demo, tried: Tried
) -> None:
    sessions = {email: visitor() for email in (COORDINATOR, PREPARER)}
    for email, somebody in sessions.items():
        assert somebody.sign_in(email, anew=True).status_code == 302
        assert somebody.get(STAFF).status_code == 200
    keys = [somebody.cookies["twiza_session"] for somebody in sessions.values()]
    aged = attacked.run("manage", "shell", "-c", OLDER.format(keys=keys))
    assert aged.returncode == 0, aged.stderr
    for email, path in ((COORDINATOR, PEOPLE), (PREPARER, PREPARE)):
        answer = sessions[email].send_form(path, {"currency": "MAD"}, page=STAFF)
        tried(f"{path} with a code of a quarter of an hour ago", answer.headers.get("Location"))
        assert answer.headers["Location"].startswith(ASKED)
        assert sessions[email].get(STAFF).status_code == 200


def test_a_changed_password_ends_the_thiefs_session(visitor: NewVisitor, tried: Tried) -> None:
    thief, owner = visitor(), visitor()
    for one in (thief, owner):
        assert one.sign_in(KNOWN).status_code == 302
    new = "another password 17"
    change(owner, owner.password, new)
    left = thief.get("/accounts/sessions/").status_code
    change(owner, new, owner.password)
    tried("a stolen session after the password was changed", left)
    assert left == 302


def change(owner: Visitor, old: str, new: str) -> httpx.Response:
    given: dict[str, object] = {"oldpassword": old, "password1": new, "password2": new}
    return owner.send_form("/accounts/password/change/", given)
