"""The PostgreSQL address, and the three database roles.

``owner`` owns the tables and runs migrations; ``default`` is the runtime role, which may only add
to append-only tables such as the ledger; ``engine`` is the embedded commerce engine, with a schema
of its own, as separate from ours as a remote Saleor's database.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

ADDRESS_FILE = "database.json"


@dataclass(frozen=True)
class DatabaseAddress:
    """One PostgreSQL database and the credentials of its owner."""

    host: str
    port: int
    name: str
    user: str
    password: str

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
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        return f"postgresql://{quote(self.user)}{secret}@{self.host}:{self.port}/{self.name}"

    def role_password(self, role: str) -> str:
        """The password of a derived role, so that none has to be stored."""
        return hmac.new(self.password.encode(), role.encode(), hashlib.sha256).hexdigest()


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

    app, engine = "twiza_app", "twiza_engine"
    return {
        "default": entry(app, address.role_password(app), "public"),
        "owner": entry(address.user, address.password, "public"),
        "engine": entry(engine, address.role_password(engine), "engine"),
    }
