"""``twiza keys``: make, count and replace the keys with which data are encrypted at rest."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from psycopg import OperationalError

from marketplace.core.encryption import KeysMissing, derived_key, fingerprints
from marketplace.core.keys.counting import count_keys
from marketplace.core.keys.making import new_key
from marketplace.core.keys.rotation import rotate_keys
from marketplace.core.keys.stores import all_stores
from marketplace.core.roles import connect_as_owner


class Command(BaseCommand):
    """Exit status 1 when something cannot be read with the keys at hand."""

    help = (
        "new: print a new key. list: the fingerprints of TWIZA_ENCRYPTION_KEYS and how many values "
        "each encrypts. rotate: encrypt everything with the first key; may be interrupted and run "
        "again. derived: print the key that older versions derived from TWIZA_SECRET_KEY."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["new", "list", "rotate", "derived"])

    def handle(self, *_args: Any, action: str, **_options: Any) -> None:
        try:
            getattr(self, f"_{action}")()
        except KeysMissing as missing:
            raise CommandError(str(missing)) from missing
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error

    def _new(self) -> None:
        self.stdout.write(new_key())

    def _derived(self) -> None:
        self.stdout.write(derived_key(settings.SECRET_KEY))

    def _list(self) -> None:
        counted: Counter[str | None] = Counter()
        unreadable = []
        with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
            for store in all_stores():
                found = count_keys(connection, store)
                counted += found
                if found[None]:
                    unreadable.append(f"{store.name}: {found[None]}")
        for place, key in enumerate(fingerprints()):
            use = "encrypts new values" if place == 0 else "decrypts only"
            self.stdout.write(f"{key}  {use}; values: {counted[key]}")
        if unreadable:
            raise CommandError(f"No key fits these values: {', '.join(unreadable)}.")

    def _rotate(self) -> None:
        unreadable = 0
        for turned in rotate_keys():
            unreadable += turned.unreadable
            self.stdout.write(
                f"{turned.name}: {turned.changed} encrypted anew, {turned.current} were already"
                + (f", {turned.unreadable} CANNOT BE READ" if turned.unreadable else "")
            )
        if unreadable:
            raise CommandError(
                f"No key fits {unreadable} values; they stay as they are. Add the key with which "
                "they were encrypted to TWIZA_ENCRYPTION_KEYS, and run this again."
            )
        first, *others = fingerprints()
        self.stdout.write(f"Everything is encrypted with {first}.")
        if others:
            self.stdout.write(
                f"No longer needed by the shop: {', '.join(others)}. Keep them as long as backups "
                "from before, which are encrypted with them."
            )
