"""The PostgreSQL address, and the three database roles.

``owner`` owns the tables and runs migrations; ``default`` is the runtime role, which may only add
to append-only tables such as the ledger; ``engine`` is the embedded commerce engine, with a schema
of its own, as separate from ours as a remote Saleor's database. The last two belong to this
database alone (``core.role_names``), and processes that run for long know only their passwords.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from marketplace.core.role_names import ENGINE, RUNTIME, role_name

ADDRESS_FILE = "database.json"


@dataclass(frozen=True)
class DatabaseAddress:
    """One PostgreSQL database and the credentials of its owner.

    ``role_key`` is what the passwords of the two derived roles come from; empty: the owner's.
    """

    host: str
    port: int
    name: str
    user: str
    password: str
    role_key: str = ""

    @classmethod
    def from_url(cls, url: str) -> "DatabaseAddress":
        """Parse ``postgresql://user:password@host:port/name``; ValueError for another form."""
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise ValueError(
                "DATABASE_URL must look like postgresql://user:password@host:5432/name"
            )
        return cls(
            host=unquote(parts.hostname or "localhost"),
            port=parts.port or 5432,
            name=unquote(parts.path.strip("/")),
            user=unquote(parts.username or "postgres"),
            password=unquote(parts.password or ""),
        )

    @classmethod
    def of_data_folder(cls, data_dir: Path) -> "DatabaseAddress":
        """The embedded server of a data folder; where none was begun, this machine's own."""
        address_file = data_dir / ADDRESS_FILE
        if address_file.exists():
            return cls(**json.loads(address_file.read_text()))
        return cls(host="127.0.0.1", port=5432, name="twiza", user="twiza_owner", password="")

    @property
    def url(self) -> str:
        """The address as ``DATABASE_URL`` would give it."""
        secret = f"{quote(self.user)}:{quote(self.password, safe='')}@" if self.password else ""
        return f"postgresql://{secret}{self.host}:{self.port}/{quote(self.name, safe='')}"

    @property
    def runtime_role(self) -> str:
        return role_name(RUNTIME, self.name)

    @property
    def engine_role(self) -> str:
        return role_name(ENGINE, self.name)

    @property
    def key_of_roles(self) -> str:
        """What the roles' passwords come from; the owner's password cannot be read from it."""
        return self.role_key or _keyed(self.password, f"roles of {self.name}")

    def role_password(self, role: str) -> str:
        """The password of a derived role, so that none has to be stored."""
        return _keyed(self.key_of_roles, role)

    def at(self, name: str) -> "DatabaseAddress":
        """Another database of the same server and owner."""
        return replace(self, name=name)

    def without_owner(self) -> dict[str, str]:
        """The environment of a process that runs for long: all roles but the owner's."""
        bare = replace(self, user="", password="")
        return {"DATABASE_URL": bare.url, "TWIZA_DATABASE_ROLE_KEY": self.key_of_roles}


def _keyed(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def django_databases(address: DatabaseAddress) -> dict[str, dict[str, Any]]:
    """Django's ``DATABASES`` for the three roles on one address."""

    def entry(user: str, password: str, search_path: str) -> dict[str, Any]:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": address.host,
            "PORT": str(address.port),
            "NAME": address.name,
            "USER": user,
            "PASSWORD": password,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": f"-c search_path={search_path}"},
        }

    app, engine = address.runtime_role, address.engine_role
    return {
        "default": entry(app, address.role_password(app), "public"),
        "owner": entry(address.user, address.password, "public"),
        "engine": entry(engine, address.role_password(engine), "engine"),
    }
