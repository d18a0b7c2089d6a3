"""A migrated database for each test process, copied from a template on the embedded PostgreSQL."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
from django.conf import settings
from django.db import connections
from django.template import Context, Template
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from django.test.utils import _TestState as _State
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from marketplace.core.collecting import collect_seldom, keep_loaded
from marketplace.core.roles import connect_as_owner
from tests import databases
from tests.attacks.recorder import pytest_terminal_summary  # noqa: F401 -- a hook
from tests.encryption_key import KEY
from tests.static_files import use_collected_static_files
from tests.turns import settle

if TYPE_CHECKING:
    import psycopg

    from marketplace.core.database import DatabaseAddress
    from tests.orders.world import World
    from tests.rules.access_world import AccessWorld

# Code and tests stay to the end: looking at them for garbage takes a tenth of the processor time.
collect_seldom()
# All processes of a run try the same share of the long trials.
settle()

# How long an example takes says something of a busy machine only.
hypothesis_settings.register_profile(
    "twiza", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("twiza")
settings.ENCRYPTION_KEYS = [KEY]
# For commands in processes of their own, too.
os.environ["TWIZA_ENCRYPTION_KEYS"] = KEY
# Tests pay with the test provider; those of its refusal switch it off themselves.
settings.TEST_PAYMENTS = True
# What makes a password's hash dear is the library's.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# All tests ask from one address.
settings.API_A_MINUTE = 0
settings.THROTTLES = False
settings.MEDIA_ROOT = databases.SERVER / "media"
settings.EMBEDDED_ENGINE["MEDIA_ROOT"] = databases.SERVER / "engine-media"


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Collect static files once for each state of them, whichever session comes first."""
    use_collected_static_files()


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages_only(django_test_environment: None) -> None:
    """``answer.context`` is that of the page: Django would copy it again for each part of one."""
    plain = _State.saved_data.template_render  # type: ignore[attr-defined]

    def render(self: Template, context: Context) -> str:
        if context.template is self:
            template_rendered.send(sender=self, template=self, context=context)
        text: str = plain(self, context)
        return text

    Template._render = render  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def names_of_another_test() -> None:
    """Forget what a process keeps for a while: cooperatives' names, offered queries, a key."""
    from marketplace.core.public_facts import forget_facts
    from search.autocomplete import offered_spelling, stemmed_cooperatives
    from search.facet_labels import cooperative_names
    from search.visitors import forget_key

    cooperative_names.cache_clear()
    stemmed_cooperatives.cache_clear()
    offered_spelling.cache_clear()
    forget_key()
    forget_facts()


@pytest.fixture(scope="session", autouse=True)
def second_factors() -> None:
    """Whoever signs in has given their second factor, if the account has one."""
    from tests.signing_in import sign_in_with_all_factors

    sign_in_with_all_factors()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every database test may speak to our tables and to the engine's."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            kwargs = cast("dict[str, object]", marker.kwargs)
            kwargs.setdefault("databases", ["default", "engine"])


def pytest_collection_finish() -> None:
    keep_loaded()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Point every connection at a fresh copy of the migrated template."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server = databases.server()
        template = databases.at(server, databases.template(server))
        name = f"test_{os.getpid()}"
        databases.drop_left_over(server)
        databases.use(databases.copy(template, name))
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.close_all()
        databases.drop(databases.at(server, name))


@pytest.fixture(scope="session")
def world_database(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple["DatabaseAddress", "World"]]:
    """The shop in which orders are placed; see ``made_world`` in `tests/orders/conftest.py`."""
    from tests.orders.world import make_world

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        address, world = databases.hold("orders", make_world)
    yield address, world
    databases.drop(address)


@pytest.fixture(scope="session")
def access_database(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple["DatabaseAddress", "AccessWorld"]]:
    """The world of the walks over every address; see ``world`` in `tests/rules/access_walk.py`."""
    from tests.rules.access_walk import made_at_once

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        address, world = databases.hold("access", made_at_once)
    yield address, world
    databases.drop(address)


def _empty_all_tables(_case: TransactionTestCase) -> None:
    """After a test with real transactions: the owner empties what the runtime role may not."""
    name = settings.DATABASE_ADDRESS.name
    assert not name.startswith(databases.HELD), "other files need this world"
    databases.empty(settings.DATABASE_ADDRESS)


TransactionTestCase._fixture_teardown = _empty_all_tables  # type: ignore[attr-defined]


@pytest.fixture
def owner_connection(db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection of the tables' owner, for tests of what the runtime role may not do."""
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        yield connection
