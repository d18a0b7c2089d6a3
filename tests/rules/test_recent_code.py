"""Every address through which staff or members move money or give roles asks for a recent code.

The addresses are read from the project: a new one is in this walk on the day it is written.
"""

from itertools import product
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.web.staff.access import MONEY_PERMISSIONS
from marketplace.web.staff.lists.registry import LISTS
from tests.factories import vendors as make
from tests.rules.access_addresses import Place, places
from tests.signing_in import given_code
from vendors.models import User
from vendors.permissions import ShopPermission, StaffPermission

pytestmark = pytest.mark.django_db
ASKED = "/accounts/2fa/reauthenticate/"

# What is sent with these permissions moves no money and gives no role, with the reason.
WITHOUT_A_CODE = {
    "programme:read": "reads",
    "cooperative:read": "reads",
    "cooperative:act": "what a member may do for it, never money or members",
    "cooperative:edit": "a cooperative's facts; its members and account are in WITH_A_CODE",
    "visit:log": "what an adviser did; every version is kept",
    "listing:moderate": "what buyers see",
    "order:read": "reads",
    "conversation:read": "reads",
    "conversation:answer": "writes to buyers",
    "conversation:moderate": "ends conversations that were reported",
    "message:answer": "writes to whoever wrote to the programme",
    "review:read": "reads",
    "review:answer": "writes to buyers",
    "review:moderate": "which reviews of buyers are shown",
    "delivery:record": "evidence, which money follows days later; a file names the programme's own",
    "payout:read": "reads; what is sent there is in WITH_A_CODE",
    "impact:read": "reads",
    "legal:edit": "texts for buyers, of which every version is kept",
    "search:read": "reads",
    "search:set": "how results are ordered, and synonyms; both can be set back",
    "product:assign": "whose a product of the shop is, before it sells",
    "service:read": "reads",
}
# Saved views and exports of lists, whatever the right of their page.
BESIDE_LISTS = {
    f"staff:{name}{act}"
    for name, declared in LISTS.items()
    for act in ("-views", "-view-rename", "-view-delete", *(["-export"] * declared.in_files))
}
# These ask although their permission does not say so: their pages serve other things too.
WITH_A_CODE = {
    "staff:cooperative-member": "gives a role in a cooperative",
    "staff:cooperative-member-remove": "takes one away",
    "staff:cooperative-invitation-resend": "gives a role in a cooperative",
    "staff:cooperative-invite": "gives a role in a cooperative",
    "staff:cooperative-invite-send": "gives roles in cooperatives",
    "staff:admission-phone-link": "lets its holder ask for a role in a cooperative",
    "staff:cooperative-account": "confirms where a cooperative is paid to",
    "staff:payout-holds": "keeps payouts back",
    "staff:payout-routes": "names where a cooperative is paid to",
    "staff:payout-bank-reports": "says what was paid",
    "staff:books-chart": "changes the books",
    "portal:members": "gives a role in the cooperative",
    "portal:member-remove": "takes one away",
    "portal:bank-account-change": "names where a cooperative is paid to",
    "portal:bank-account-confirm": "confirms it",
}
# These ask themselves, above an amount; their own tests show from which.
ABOVE_AN_AMOUNT: set[str] = set()

_SAMPLES = {"uuid": UUID(int=0), "int": 1, "slug": "x", "str": "x"}


def path_of(place: Place, slug: str) -> str:
    """An address of objects that do not exist: the code is asked for before any is looked up."""
    known = {name: slug for name in place.parameters if name in {"programme", "cooperative"}}
    unknown = [name for name in place.parameters if name not in known]
    for values in product(_SAMPLES.values(), repeat=len(unknown)):
        try:
            return reverse(place.name, kwargs=known | dict(zip(unknown, values, strict=True)))
        except Exception:  # noqa: BLE001 -- the next kinds of parameters fit
            continue
    raise AssertionError(f"no sample fits {place.name} {place.parameters}")


def walked(audience: str) -> list[Place]:
    return [place for place in places() if place.audience == audience]


@pytest.fixture
def staff() -> tuple[Client, str]:
    """Somebody with every role, whose code is an hour old."""
    programme = make.make_programme()
    person = make.make_user("everybody")
    for role in ("coordinator", "finance_preparer", "finance_approver"):
        make.grant_to(person, programme, role)
    make.administer_shop(person)
    return stale(person), programme.slug


def stale(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return given_code(client, person, minutes_ago=60)


def asks(client: Client, path: str) -> bool:
    answer = client.post(path, {})
    return answer.headers.get("Location", "").startswith(ASKED)


def test_every_permission_of_staff_says_whether_it_needs_a_code() -> None:
    assert {*StaffPermission.values, *ShopPermission.values} == {
        *MONEY_PERMISSIONS,
        *WITHOUT_A_CODE,
    }
    assert not MONEY_PERMISSIONS & set(WITHOUT_A_CODE)


def test_staff_give_a_recent_code_for_money_and_roles(staff: tuple[Client, str]) -> None:
    client, slug = staff
    walk = walked("staff")
    wanted = {
        place.name: place.permission in MONEY_PERMISSIONS or place.name in WITH_A_CODE
        for place in walk
        if place.name not in ABOVE_AN_AMOUNT | BESIDE_LISTS
    }
    found = {place.name: asks(client, path_of(place, slug)) for place in walk}

    assert {name: found[name] for name in wanted} == wanted
    assert not any(found[name] for name in BESIDE_LISTS)
    assert sum(found.values()) > 30


def test_members_give_a_recent_code_for_the_bank_account_and_for_roles() -> None:
    member = make.make_member(make.make_cooperative(make.make_programme()))
    make.enrol(member)
    client = stale(member)

    found = {place.name for place in walked("portal") if asks(client, path_of(place, "tamounte"))}

    assert found == {name for name in WITH_A_CODE if name.startswith("portal:")}


def test_no_name_in_the_lists_is_of_the_past() -> None:
    names = {place.name for place in places()}
    assert {*WITH_A_CODE, *ABOVE_AN_AMOUNT} <= names
