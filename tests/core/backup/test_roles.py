"""Roles belong to a database: they move to it from elsewhere, and touch no other."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from psycopg import sql

from marketplace.core import role_names
from marketplace.core.database import DatabaseAddress
from marketplace.core.role_names import ENGINE, RUNTIME, RolesRefused, role_name
from marketplace.core.roles import create_missing_roles, drop_roles, grant_rights, make_roles
from tests.servers import Shop, as_user, create_database, one

pytestmark = [pytest.mark.xdist_group("servers")]

FORMER = {"twiza_app": RUNTIME, "twiza_engine": ENGINE}
OWNERS = """
SELECT array_agg(DISTINCT pg_get_userbyid(relowner)::text) FROM pg_class
WHERE relnamespace = 'engine'::regnamespace AND relkind = 'r'
"""
ALL = "SELECT array_agg(rolname::text) FROM pg_roles WHERE rolname ~ '^twiza'"


@pytest.mark.parametrize("name", ["twiza", "a b", "ت" * 31, "x" * 63, "é" * 40, 'q"; DROP'])
def test_a_role_has_the_name_of_its_database_in_63_bytes(name: str) -> None:
    found = {role_name(kind, name) for kind in (RUNTIME, ENGINE)}
    assert len(found) == 2
    assert all(len(role.encode()) <= 63 for role in found)
    assert not found & {role_name(kind, name[:-1] + "z") for kind in (RUNTIME, ENGINE)}
    assert not found & role_names.SHARED_BEFORE.keys()


def test_passwords_follow_the_key_and_not_the_owner() -> None:
    address = DatabaseAddress("h", 1, "shop", "owner", "first", role_key="key")
    role = address.runtime_role
    assert address.role_password(role) == replace(address, password="").role_password(role)
    derived = replace(address, role_key="")
    assert derived.role_password(role) != replace(derived, password="2").role_password(role)
    kept = derived.without_owner()
    assert "first" not in str(kept)
    bare = replace(
        DatabaseAddress.from_url(kept["DATABASE_URL"]), role_key=kept["TWIZA_DATABASE_ROLE_KEY"]
    )
    assert bare.role_password(role) == derived.role_password(role)


@pytest.fixture
def staging(shop: Shop) -> Iterator[DatabaseAddress]:
    """A copy of the shop's database, as PostgreSQL makes one: with the shop's roles in it."""
    address = shop.server.at("staging copy")
    with as_user(shop.server) as connection:
        names = [sql.Identifier(address.name), sql.Identifier(shop.address.name)]
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    yield address
    with as_user(shop.server) as connection:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(address.name)))
        drop_roles(connection, address.name)


def as_role(address: DatabaseAddress, role: str) -> "psycopg.Connection[tuple[object, ...]]":
    return as_user(address, role, address.role_password(role))


def works(address: DatabaseAddress) -> bool:
    """Whether both roles of a database sign in and read their tables."""
    with as_role(address, address.runtime_role) as connection:
        connection.execute("SELECT FROM ledger_entry")
    with as_role(address, address.engine_role) as connection:
        connection.execute("SELECT FROM engine.django_migrations")
    return True


def test_a_copy_gets_roles_of_its_own_and_the_original_keeps_its(
    shop: Shop, staging: DatabaseAddress
) -> None:
    make_roles(staging)
    grant_rights(staging)
    assert works(staging)
    assert works(shop.address)
    with as_user(staging) as connection:
        assert one(connection, OWNERS) == [staging.engine_role]
    role = shop.address.runtime_role
    with (
        as_user(staging, role, shop.address.role_password(role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT FROM ledger_entry")


def as_before(address: DatabaseAddress) -> None:
    """Give a database the two roles that all databases of a server shared until December 2026."""
    make_roles(address)
    with as_user(address) as connection:
        for former in FORMER:
            if one(connection, f"SELECT count(*) FROM pg_roles WHERE rolname = '{former}'") == 0:
                connection.execute(f"CREATE ROLE {former} LOGIN PASSWORD 'before'")
        connection.execute("GRANT twiza_engine TO CURRENT_USER")
        connection.execute("ALTER SCHEMA engine OWNER TO twiza_engine")
        own = sql.Identifier(address.engine_role)
        connection.execute(sql.SQL("REASSIGN OWNED BY {} TO twiza_engine").format(own))
        connection.execute("GRANT USAGE ON SCHEMA public TO twiza_app")
        connection.execute(
            "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO twiza_app"
        )
        connection.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO twiza_app")
        drop_roles(connection, address.name)


def test_an_installation_with_the_shared_roles_moves_and_its_neighbour_stays(
    shop: Shop, staging: DatabaseAddress
) -> None:
    neighbour = create_database(shop.server, "neighbour")
    make_roles(neighbour)
    as_before(neighbour)
    as_before(staging)
    with as_user(staging, "twiza_app", "before") as running:
        running.execute("SELECT FROM ledger_entry")
        make_roles(staging)
        grant_rights(staging)
        assert works(staging)
        # Processes of the previous version go on until they are replaced.
        running.execute("SELECT FROM ledger_entry")
    make_roles(staging)
    with (
        as_user(staging, "twiza_app", "before") as late,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        late.execute("SELECT FROM ledger_entry")
    with as_user(neighbour) as connection:
        assert {"twiza_app", "twiza_engine"} <= set(one(connection, ALL))  # type: ignore[call-overload]
    make_roles(neighbour)
    with as_user(shop.server) as connection:
        assert not {"twiza_app", "twiza_engine"} & set(one(connection, ALL))  # type: ignore[call-overload]
        connection.execute("DROP DATABASE neighbour WITH (FORCE)")
        drop_roles(connection, "neighbour")
    assert works(shop.address)


def test_a_strangers_role_of_the_same_name_is_not_taken_over(shop: Shop) -> None:
    other = create_database(shop.server, "other")
    with as_user(shop.server) as connection:
        connection.execute("CREATE ROLE twiza_app_other LOGIN PASSWORD 'theirs'")
    with pytest.raises(RolesRefused, match="a role twiza_app_other already"):
        make_roles(other)
    with as_user(other, "twiza_app_other", "theirs") as connection:
        assert one(connection, "SELECT count(*) FROM pg_namespace WHERE nspname = 'engine'") == 0
    assert one_role(shop, "twiza_engine_other") == 0


def one_role(shop: Shop, name: str) -> object:
    with as_user(shop.server) as connection:
        return one(connection, f"SELECT count(*) FROM pg_roles WHERE rolname = '{name}'")


def test_an_owner_without_a_password_is_told_to_set_a_key(shop: Shop) -> None:
    bare = replace(shop.address, password="")
    with (
        as_user(shop.server) as connection,
        pytest.raises(RolesRefused, match="TWIZA_DATABASE_ROLE_KEY"),
    ):
        create_missing_roles(connection, bare)
