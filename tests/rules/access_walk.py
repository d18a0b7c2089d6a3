"""What all walks share: the world, everybody who tries, and a door that is tried."""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client

from marketplace.core.database import DatabaseAddress
from marketplace.orders.models import CheckoutAttempt
from tests import databases
from tests.rules.access_making import make_access_world
from tests.rules.access_world import AccessWorld
from vendors.models import User

WRITES = re.compile(
    r"^\s*(INSERT INTO|UPDATE|DELETE FROM|SELECT \* FROM(?= ledger_write))\s+\"?(\w+)",
    re.IGNORECASE,
)
# Signing in and being remembered is no change of anybody's data.
INNOCENT = {
    "django_session", "usersessions_usersession", "vendors_user",
    "axes_accessattempt", "axes_accesslog",
    # what is searched how often, without persons
    "search_searchtally", "search_impressiontally", "search_visitorkey", "search_seenvisit",
    # the list of sitemaps, for ten minutes
    "core_cache",
}  # fmt: skip

MEMBERS = {"manager": "manager", "seller": "seller", "accountant": "accountant"}
STAFF = {
    "coordinator": "coordinator",
    "regional, here": "regional",
    "regional, other region": "regional",
    "preparer": "finance_preparer",
    "approver": "finance_approver",
    "observer": "observer",
    "adviser": "adviser",
    "adviser of another cooperative": "adviser",
}
# In the portal of the cooperative advised.
ACTING = "adviser"
SHOP_ADMINISTRATOR = "shop administrator"
# Nobody of these is signed in.
BUYER, OTHER_BUYER = "buyer at the checkout", "another buyer at another checkout"
VISITORS = ("anonymous", "holder of a tracking link", BUYER, OTHER_BUYER)


@contextmanager
def one_transaction() -> Iterator[None]:
    """Everything inside is in one transaction of each database, as in a test."""
    with ExitStack() as stack:
        for alias in ("default", "engine"):
            block = transaction.atomic(using=alias)
            block._from_testcase = True  # type: ignore[attr-defined]
            stack.enter_context(block)
        yield


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is undone at the end, at the engine too."""
    with ExitStack() as stack:
        for alias in ("default", "engine"):
            stack.enter_context(transaction.atomic(using=alias))
            stack.callback(transaction.set_rollback, True, alias)
        yield


def made_at_once() -> AccessWorld:
    """The world, without what would have happened after each commit."""
    with one_transaction():
        made = make_access_world()
        for alias in ("default", "engine"):
            connections[alias].run_on_commit.clear()
    return made


@pytest.fixture(scope="module")
def world(
    access_database: tuple[DatabaseAddress, AccessWorld], django_db_blocker: pytest.FixtureRequest
) -> Iterator[AccessWorld]:
    """Made once for all walks of a process; what a file changes is rolled back."""
    address, made = access_database
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        databases.inside(address),
        one_transaction(),
    ):
        yield copy.deepcopy(made)
        for alias in ("default", "engine"):
            transaction.set_rollback(True, alias)


def persons(world: AccessWorld) -> Iterator[tuple[str, Client]]:
    yield from visitors(world).items()
    for name, user in world.people.items():
        yield name, signed_in(user)


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def visitors(world: AccessWorld) -> dict[str, Client]:
    """Those who are not signed in: the holder of a link has opened it, buyers have their cookie."""
    holder = Client(raise_request_exception=False)
    holder.get(f"/ma/fr/orders/{world.token}/")
    return {
        "anonymous": Client(raise_request_exception=False),
        "holder of a tracking link": holder,
        BUYER: with_basket(world.attempt),
        OTHER_BUYER: with_basket(world.other_attempt),
    }


def with_basket(attempt: CheckoutAttempt) -> Client:
    """The browser in which an attempt's basket was filled."""
    client = Client(raise_request_exception=False)
    answer = HttpResponse()
    answer.set_signed_cookie("twiza_basket_ma", str(attempt.basket_id), salt="basket")
    client.cookies.update(answer.cookies)
    return client


def try_door(
    client: Client, method: str, path: str, content: dict[str, Any] | None = None
) -> tuple[int, set[str]]:
    """The status of a request, and the tables that it wrote."""
    written = set[str]()

    def note(execute: Callable[..., Any], statement: Any, *rest: Any) -> Any:
        text = statement if isinstance(statement, str) else statement.as_string()
        if found := WRITES.match(text):
            written.add(found[2])
        return execute(statement, *rest)

    with connections["default"].execute_wrapper(note), connections["engine"].execute_wrapper(note):
        response = client.get(path) if method == "get" else client.post(path, content or {})
        if response.streaming:
            response.getvalue()  # read to its end, a file closes itself
    return response.status_code, written - INNOCENT
