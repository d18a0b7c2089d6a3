"""``twiza move``: move the shop from its engine to the configured one."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.moving import closing, services
from marketplace.moving.checking import Findings

BY = Actor.system("twiza move")
# The number of differences and refusals that are printed; --json prints more.
PRINTED = 30


class Command(BaseCommand):
    """Exit status 1 when the move cannot begin, or when something differs afterwards."""

    help = (
        "Move the shop from the engine in which its goods are (such as the embedded one) to the "
        "Saleor at SALEOR_API_URL: cooperatives, listings, photographs, stock, orders with their "
        "payments. May be stopped and run again. The shop stays closed until all is equal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument(
            "--close",
            action="store_true",
            help="close the shop beforehand, so that what is under way can end at the old engine",
        )
        ways.add_argument(
            "--plan", action="store_true", help="say what would be moved and what is in the way"
        )
        ways.add_argument(
            "--check", action="store_true", help="compare both engines again, write nothing there"
        )
        ways.add_argument(
            "--accept",
            action="store_true",
            help="open the shop although something could not be moved or differs",
        )
        ways.add_argument(
            "--reopen",
            action="store_true",
            help="open the shop at its old engine and give the move up",
        )
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, **options: Any) -> None:
        try:
            if options["close"]:
                closing.close(by=BY)
                self.stdout.write("The shop is closed. `twiza move --reopen` opens it again.")
            elif options["reopen"]:
                closing.reopen(by=BY)
                self.stdout.write("The shop is open, where it was.")
            elif options["accept"]:
                services.accept(by=BY)
                self.stdout.write("The shop is open at its new engine.")
            elif options["plan"]:
                self._plan(as_json=options["json"])
            else:
                self._move(only_check=options["check"], as_json=options["json"])
        except TwizaError as error:
            raise CommandError(str(error)) from error

    def _plan(self, *, as_json: bool) -> None:
        found = services.plan()
        if as_json:
            told = {
                "from": found.source,
                "to": found.target,
                "counts": found.counts,
                "stops": [str(it) for it in found.under_way if it.stops],
                "told": [str(it) for it in found.under_way if not it.stops],
                "not set up": found.not_set_up,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"from {found.source}\nto   {found.target}")
            for what, count in found.counts.items():
                self.stdout.write(f"  {what}: {count}")
            for it in found.under_way:
                self.stdout.write(f"{'in the way' if it.stops else 'to know'}: {it}")
            for lack in found.not_set_up:
                self.stdout.write(f"in the way: the new engine lacks {lack} (`twiza saleor apply`)")
        if not found.may_begin:
            raise CommandError("The move cannot begin yet.")
        self.stdout.write("The move may begin.")

    def _move(self, *, only_check: bool, as_json: bool) -> None:
        quiet = as_json
        tell = (lambda _text: None) if quiet else self._tell
        found = services.check(tell=tell) if only_check else services.move(by=BY, tell=tell)
        row = services.last_move()
        assert row is not None
        refused = services.refused(row)
        if as_json:
            told = {**row.report, "state": row.state, "refused": refused}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._print(found, refused)
        if not found.is_equal or refused:
            raise CommandError(
                "Something is not as it was: it stands above. The shop stays closed. Mend it and "
                "run `twiza move` again, or open it all the same with `twiza move --accept`."
            )
        self.stdout.write("All is equal." if as_json else "All is equal. The shop is open.")

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _print(self, found: Findings, refused: list[tuple[str, str, str]]) -> None:
        for total in found.totals:
            if total.is_equal:
                self.stdout.write(f"  {total.what}: {total.before}")
            else:
                self.stdout.write(f"! {total.what}: {total.before} before, {total.after} after")
        for table in found.changed_tables:
            self.stdout.write(f"! our own table {table} has changed")
        for it in found.differences[:PRINTED]:
            text = it.get("problem") or f"{it['before']} before, {it['after']} after"
            self.stdout.write(f"! {it['what']} {it['name']} {it['field']}: {text}")
        if len(found.differences) > PRINTED:
            self.stdout.write(f"! and {len(found.differences) - PRINTED} more (--json)")
        for step, name, reason in refused[:PRINTED]:
            self.stdout.write(f"! not moved: {step} {name}: {reason}")
        if len(refused) > PRINTED:
            self.stdout.write(f"! and {len(refused) - PRINTED} more not moved (--json)")
