"""Steps of money by one person, at once, again, from another region, and by forged amounts."""

import re
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

COORDINATOR, PREPARER = "coordination@twiza.example", "finance@twiza.example"
APPROVER, ADVISER = "validation@twiza.example", "souss@twiza.example"
SHOP_ADMINISTRATOR = "boutique@twiza.example"
BASE = "/staff/mourafaka/"
# Rugs of a cooperative that is not in the adviser's region, dear enough for two persons.
RUGS_OF = "/ma/fr/cooperatives/azilal-laine/"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ADDRESS = {
    "name": "Salma Bennani", "email": "salma@example.org", "phone": "06 61 22 33 44",
    "line1": "12 rue des Orangers", "city": "Casablanca", "region_code": "MA-06",
    "country_code": "MA",
}  # fmt: skip
Person = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What the attacks of this file find out for each other: one order, bought once."""
    return {}


@pytest.fixture
def person(visitor: Callable[[], Visitor]) -> Person:
    def signed_in(email: str) -> Visitor:
        found = visitor()
        found.sign_in(email)
        return found

    return signed_in


def buy(buyer: Visitor) -> None:
    """An order of rugs for more than one person refunds alone."""
    goods = re.findall(r'href="(/ma/fr/goods/[^"]*)"', buyer.get(RUGS_OF).text)
    for page in dict.fromkeys(goods):
        shown = buyer.get(page).text
        if (variant := re.search(rf'name="variant" value="({UUID})"', shown)) and "buy" in shown:
            buyer.send_form(
                "/ma/fr/basket/add/", {"variant": variant[1], "quantity": "1"}, page=page
            )
    place = buyer.send_form("/ma/fr/checkout/", dict(ADDRESS)).headers["Location"]
    delivery = buyer.get(place).text
    options = dict(re.findall(r'name="([\w-]*option[\w-]*)" value="([^"]+)"', delivery))
    place = buyer.send_form(place, options).headers["Location"]
    card = buyer.send_form(place, {"method": "card"}).headers["Location"]
    paid = buyer.send_form(card, {"number": "4242 4242 4242 4242"})
    assert paid.status_code == 302, paid.text[:500]


def order_to_refund(known: dict[str, str], staff: Visitor, buyer: Visitor) -> str:
    """The address of an order's refund, without ``BASE``."""
    if "order" not in known:
        before = orders_listed(staff)
        buy(buyer)
        known["order"] = new_order(staff, before)
    return f"{BASE}refunds/orders/{known['order']}/"


def orders_listed(staff: Visitor) -> set[str]:
    return set(re.findall(rf"orders/({UUID})/", staff.get(f"{BASE}orders/").text))


def new_order(staff: Visitor, before: set[str]) -> str:
    """The order that the worker brings in; how busy the machine is says nothing of the shop."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if new := orders_listed(staff) - before:
            return min(new)
        time.sleep(1)
    raise AssertionError("the order did not come")


def filled(staff: Visitor, path: str) -> dict[str, object]:
    """The refund form as the page shows it, for everything that is left."""
    shown = staff.get(path).text
    lines = re.findall(rf'name="(line-{UUID})"', shown)
    seen = re.search(r'name="seen" value="(\d*)"', shown)
    return {
        **dict.fromkeys(lines, "1"),
        "reason": "torn",
        "confirmed": "on",
        "seen": seen[1] if seen else "0",
    }


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait()
        answers[place] = act()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def waiting(staff: Visitor) -> set[str]:
    return set(
        re.findall(rf"refunds/proposed/({UUID})/", staff.get(f"{BASE}refunds/proposed/").text)
    )


def refunds_listed(staff: Visitor) -> int:
    return len(re.findall(rf'orders/{UUID}/"', staff.get(f"{BASE}refunds/").text))


def test_a_great_refund_by_one_person_only_proposes(
    visitor: Callable[[], Visitor], person: Person, known: dict[str, str], tried: Tried
) -> None:
    staff = person(COORDINATOR)
    path = order_to_refund(known, staff, visitor())
    before, data = refunds_listed(staff), filled(staff, path)

    answers = at_once([lambda: staff.send_form(path, data) for _ in range(6)])

    statuses = sorted(answer.status_code for answer in answers)
    tried("six great refunds of one order at once, by one person", statuses)
    assert refunds_listed(staff) == before
    assert len(waiting(staff)) == 1


def test_nobody_confirms_their_own(person: Person, tried: Tried) -> None:
    staff = person(COORDINATOR)
    [proposal] = waiting(staff)
    page = f"{BASE}refunds/proposed/{proposal}/"

    answer = staff.send_form(f"{page}confirm/", {}, page=page)

    tried("confirming one's own refund", answer.status_code)
    assert waiting(staff) == {proposal}
    assert refunds_listed(staff) == 0


def test_a_regional_adviser_does_not_come_near_it(
    person: Person, known: dict[str, str], tried: Tried
) -> None:
    coordinator, adviser = person(COORDINATOR), person(ADVISER)
    [proposal] = waiting(coordinator)
    for path in (
        f"{BASE}refunds/proposed/{proposal}/",
        f"{BASE}orders/{known['order']}/",
        f"{BASE}refunds/orders/{known['order']}/",
        f"{BASE}refunds/proposed/{proposal}/confirm/",
    ):
        status = adviser.send_form(path, {}, page="/accounts/password/change/").status_code
        shown = adviser.get(path).status_code
        tried(f"an adviser of another region at {path.replace(proposal, '…')}", (shown, status))
        assert {shown, status} <= {403, 404, 405}


def test_two_who_confirm_at_once_refund_once_and_replayed_forms_nothing(
    person: Person, tried: Tried
) -> None:
    first, second = person(PREPARER), person(APPROVER)
    [proposal] = waiting(first)
    page = f"{BASE}refunds/proposed/{proposal}/"
    confirm = f"{page}confirm/"

    answers = at_once([
        *[lambda: first.send_form(confirm, {}, page=page) for _ in range(3)],
        *[lambda: second.send_form(confirm, {}, page=page) for _ in range(3)],
    ])  # fmt: skip

    tried("six confirmations at once, by two persons", [a.status_code for a in answers])
    assert refunds_listed(first) == 1
    again = second.send_form(confirm, {}, page=f"{BASE}refunds/")
    tried("a confirmation sent again", again.status_code)
    withdrawn = first.send_form(f"{page}withdraw/", {}, page=f"{BASE}refunds/")
    tried("withdrawing what was confirmed", withdrawn.status_code)
    assert refunds_listed(first) == 1


def test_what_is_the_shops_is_no_regions(person: Person, tried: Tried) -> None:
    adviser, coordinator = person(ADVISER), person(COORDINATOR)
    rule = {
        "max_per_cooperative": "1", "new_cooperative_days": "1", "new_cooperative_position": "1",
    }  # fmt: skip
    for who, name in ((adviser, "a regional adviser"), (coordinator, "a coordinator")):
        for path, data in (
            ("search/rule/", rule),
            ("search/synonyms/", {"phrases": "a\nb", "save": "1"}),
            ("search/blocked/", {"text": "argan"}),
        ):
            page = "/accounts/password/change/"
            status = who.send_form(f"{BASE}{path}", dict(data), page=page).status_code
            tried(f"{name} at {path}", status)
            assert status == 403
    whole = ["refunds/remittances/", "refunds/bank/", "deliveries/files/", "payouts/", "people/"]
    for path in whole:
        status = adviser.get(f"{BASE}{path}").status_code
        tried(f"a regional adviser at {path}", status)
        assert status in {302, 403}
    assert person(SHOP_ADMINISTRATOR).get(f"{BASE}search/").status_code == 200
