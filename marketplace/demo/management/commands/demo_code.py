"""``twiza demo-code EMAIL``: the code that a demo account's phone would show now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.codes import code_of
from marketplace.demo.models import DemoProgress


class Command(BaseCommand):
    """Tells codes of the demo's own accounts only; no account that somebody made has one here."""

    help = "Print the code to sign in with as one of the demo's staff."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="an address that `twiza demo` printed")

    def handle(self, *, email: str, **_options: Any) -> None:
        if not DemoProgress.objects.exists():
            raise CommandError("This is no demo world: its codes are on people's phones only.")
        known = [one.email for one in ACCOUNTS if one.programme or one.administers_shop]
        if email not in known:
            raise CommandError(f"Not an account with a code: {email}. Known: {', '.join(known)}.")
        code, seconds = code_of(email)
        self.stdout.write(code)
        self.stderr.write(f"for {seconds} more seconds; each code is taken once")
