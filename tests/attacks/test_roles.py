"""Roles that somebody tries to get: by another's address, by a link, by a second account."""

import re
import time
from collections.abc import Callable

import httpx

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

COORDINATOR, MEMBER = "coordination@twiza.example", "laine@twiza.example"
COOPERATIVE = "azilal-laine"
PORTAL = f"/portal/{COOPERATIVE}/"
STAFF = "/staff/mourafaka/"
STAFF_PAGE = f"{STAFF}cooperatives/by-name/{COOPERATIVE}/"
PASSWORD = "quatre mots de passe"
ACCEPTED = {"name": "Owner", "password1": PASSWORD, "password2": PASSWORD}
LINK = re.compile(r"/accounts/invitations/[\w-]+/")
MAIL = re.compile(r'href="(/demo/mail/\d+/|/demo/outbox/\d+/)"')
GONE = 410
HOME = "/accounts/home/?choose=1"
WANTED = {"name": "X", "email": "x@example.org", "role": "coordinator", "language": "fr"}
SECONDS = 60

Visiting = Callable[[], Visitor]


def link_to(reader: Visitor, address: str, besides: set[str]) -> str:
    """The newest link that was mailed to an address, read in the demo's outbox."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for mail in MAIL.findall(reader.get("/demo/outbox/").text)[:10]:
            text = reader.get(mail).text
            links = [link for link in LINK.findall(text) if link not in besides]
            if address in text and links:
                return links[0]
        time.sleep(1)
    raise AssertionError(f"no link was mailed to {address}")


def coordinator(visitor: Visiting) -> Visitor:
    office = visitor()
    office.sign_in(COORDINATOR)
    return office


def invite(office: Visitor, address: str) -> str:
    """Invite an address as manager, and read the link."""
    wanted = {"name": "President", "email": address, "role": "manager", "language": "fr"}
    answer = office.send_form(f"{STAFF_PAGE}members/", wanted, page=STAFF_PAGE)
    assert answer.status_code == 302, answer.text
    return link_to(office, address, set())


def opens(somebody: Visitor, path: str = PORTAL) -> bool:
    return somebody.get(path).status_code == httpx.codes.OK


def test_signing_up_with_the_presidents_address_gives_nothing(
    visitor: Visiting, tried: Tried
) -> None:
    address = "president@azilal-laine.example"
    stranger = visitor()
    signed_up = {"email": address, "password1": "the stranger's", "password2": "the stranger's"}
    stranger.send_form("/accounts/signup/", signed_up)
    link = invite(coordinator(visitor), address)
    tried("a stranger signed up with the president's address: the portal", opens(stranger))
    assert not opens(stranger)

    president = visitor()
    president.get(link)
    tried("the president's link was only looked at: the portal", opens(president))
    assert not opens(president)
    assert president.send_form(link, ACCEPTED).status_code == 302
    assert opens(president)
    assert not opens(stranger)

    stranger.cookies.clear()
    stranger.password = "the stranger's"
    stranger.sign_in(address)
    tried("the stranger's password after the president accepted: the portal", opens(stranger))
    assert not opens(stranger)

    again = visitor().post(link, data=ACCEPTED | {"csrfmiddlewaretoken": ""})
    replayed = visitor().get(link).status_code
    tried("the link a second time", f"{again.status_code}, {replayed}")
    assert replayed == GONE


def test_a_withdrawn_link_and_guessed_ones_open_nothing(visitor: Visiting, tried: Tried) -> None:
    office = coordinator(visitor)
    address = "withdrawn@azilal-laine.example"
    link = invite(office, address)
    withdraw = re.search(r"invitations/([\w-]{36})/withdraw/", office.get(STAFF_PAGE).text)
    assert withdraw is not None
    path = f"{STAFF_PAGE}invitations/{withdraw[1]}/withdraw/"
    assert office.send_form(path, {}, page=STAFF_PAGE).status_code == 302

    for what, tried_link in {
        "withdrawn": link,
        "guessed": "/accounts/invitations/" + "A" * 43 + "/",
        "cut off": link[:-2] + "/",
    }.items():
        status = visitor().get(tried_link).status_code
        tried(f"a {what} link", status)
        assert status == GONE


def test_anothers_link_gives_a_signed_in_account_nothing(visitor: Visiting, tried: Tried) -> None:
    link = invite(coordinator(visitor), "treasurer@azilal-laine.example")
    somebody = visitor()
    somebody.sign_in("buyer@twiza.example")

    somebody.send_form(link, ACCEPTED, page=link)
    tried("accepting another's link while signed in: the portal", opens(somebody))
    assert not opens(somebody)


def test_one_coordinator_makes_no_second_one(visitor: Visiting, tried: Tried) -> None:
    office = coordinator(visitor)
    people, address = f"{STAFF}people/", "second.self@twiza.example"
    wanted = {"name": "Second self", "email": address, "role": "coordinator", "language": "fr"}
    assert office.send_form(people, wanted).status_code == 302
    link = link_to(office, address, set())
    accomplice = visitor()
    assert accomplice.send_form(link, ACCEPTED).status_code == 302
    tried("a second coordinator, accepted: staff pages", accomplice.get(people).status_code)
    assert not opens(accomplice, people)

    page = office.get(people).text
    mine = page[page.index(address) :]
    grant = re.search(r"people/(\d+)/revoke/", mine)
    assert grant is not None
    for who, somebody in {"the proposer": office, "the second self": accomplice}.items():
        somebody.send_form(f"{people}{grant[1]}/confirm/", {}, page=people)
        status = accomplice.get(people).status_code
        tried(f"{who} confirms: staff pages of the second self", status)
        assert status != httpx.codes.OK
    assert "confirmation" in office.get(people).text.lower()


def test_a_member_gives_no_role_of_the_programme(visitor: Visiting, tried: Tried) -> None:
    member = visitor()
    member.sign_in(MEMBER)
    for path in (f"{STAFF}people/", f"{STAFF_PAGE}members/", f"{STAFF_PAGE}advisers/"):
        answer = member.send_form(path, WANTED, page=HOME)
        tried(f"a member posts to {path}", answer.status_code)
        assert answer.status_code == httpx.codes.NOT_FOUND
