"""``twiza adopt list|plan|apply|release``: a store's own products become cooperatives' listings."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from catalog.adoption.csv_file import Row, read_table, write_table
from catalog.adoption.planning import ADOPT, REFUSED, Decision, Wishes, owner_of, plan
from catalog.adoption.planning import listing_of as known_listing
from catalog.adoption.reading import default_category
from catalog.adoption.report import counts, write_report
from catalog.adoption.rules import Rule, parse_rules
from catalog.adoption.services import adopt_all, release_all
from catalog.adoption.store import StoreProduct, store_products
from catalog.progress import show_progress
from marketplace.core.actors import Actor
from marketplace.core.errors import Invalid, TwizaError
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative
from vendors.scoping import Crossing

BY = Actor.system("twiza adopt")


class Command(BaseCommand):
    """Assign products of the store to cooperatives, in bulk, and release them again."""

    help = (
        "Products that the store had before become listings of cooperatives. list: write those "
        "that are nobody's to a table. plan: show what rules and a table would do. apply: do it; "
        "run again, it continues where it was interrupted. release: give products back to the "
        "shop. A rule: 'attribute:producer=Coop Tifaout -> tifaout' (or metadata:KEY=VALUE, "
        "sku:TIF-*, category:SLUG, collection:SLUG, type:SLUG, name:*WORD*, slug:PATTERN; the "
        "cooperative's slug after the arrow). Exit status: 0 if nothing was refused, else 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["list", "plan", "apply", "release"])
        parser.add_argument("--csv", type=Path, metavar="FILE", help="the table with slugs")
        parser.add_argument(
            "--rule", action="append", default=[], metavar="RULE", help="may be given many times"
        )
        parser.add_argument("--rules", type=Path, metavar="FILE", help="rules, one a line")
        parser.add_argument(
            "--category",
            action="append",
            default=[],
            metavar="RULE",
            help="in which of our categories: 'category:huiles -> oils'",
        )
        parser.add_argument(
            "--weight", type=int, default=0, metavar="GRAMS", help="for products without a weight"
        )
        parser.add_argument("--product", action="append", default=[], metavar="SLUG")
        parser.add_argument(
            "--cooperative", default="", metavar="SLUG", help="for release: all its"
        )
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="what became of each product"
        )
        parser.add_argument("--lang", default="en", choices=["ar", "fr", "en"])
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, *, action: str, **options: Any) -> None:
        actions = {
            "list": self._list,
            "plan": self._plan,
            "apply": self._apply,
            "release": self._release,
        }
        try:
            with translation.override(options["lang"]):
                actions[action](options)
        except Invalid as error:
            raise CommandError(" ".join(str(m) for m in error.errors.values())) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except TwizaError as error:
            raise CommandError(f"{error} Run the command again: what is done is kept.") from error

    def _list(self, options: dict[str, Any]) -> None:
        if not options["csv"]:
            raise CommandError("--csv FILE is needed: where to write the table.")
        wishes = _wishes(options, rows=[])
        count = write_table(_unassigned(wishes), options["csv"])
        self.stdout.write(f"{count:,} products that are nobody's: {options['csv']}")

    def _plan(self, options: dict[str, Any]) -> None:
        decisions = list(self._decide(options))
        self._tell(decisions, options)
        wanted = [made for made in decisions if made.outcome == ADOPT]
        for cooperative in sorted({made.cooperative for made in wanted}):
            own = [made for made in wanted if made.cooperative == cooperative]
            units = sum(made.units for made in own)
            self._say(options, f"{cooperative}: {len(own):,} products, {units:,} pieces")
        for (source, target), units in sorted(_ways(wanted).items()):
            self._say(options, f"{source} → {target}: {units:,} pieces")
        self._end(decisions)

    def _apply(self, options: dict[str, Any]) -> None:
        started = time.monotonic()
        decisions = list(self._decide(options))
        cooperatives = _cooperatives()
        try:
            adopt_all(
                decisions=decisions,
                cooperatives=cooperatives,
                by=BY,
                weight_grams=options["weight"],
                progress=self._progress,
            )
        finally:
            # Reported even when the run was interrupted.
            self._tell(decisions, options)
        self._say(options, f"{time.monotonic() - started:.0f} seconds")
        self._end(decisions)

    def _release(self, options: dict[str, Any]) -> None:
        if not options["product"] and not options["cooperative"]:
            raise CommandError("--product SLUG or --cooperative SLUG is needed.")
        decisions = release_all(
            slugs=options["product"],
            cooperative=options["cooperative"],
            by=BY,
            progress=self._progress,
        )
        self._tell(decisions, options)
        self._end(decisions)

    def _decide(self, options: dict[str, Any]) -> Iterator[Decision]:
        rows = read_table(options["csv"].read_bytes()) if options["csv"] else []
        wishes = _wishes(options, rows=rows)
        return plan(
            store_products(app_client()),
            wishes,
            cooperatives=_cooperatives(),
            weight_grams=options["weight"],
        )

    def _progress(self, done: int, total: int) -> None:
        show_progress(sys.stderr, done, total, "products")

    def _tell(self, decisions: list[Decision], options: dict[str, Any]) -> None:
        if options["report"]:
            write_report(decisions, options["report"])
        if options["json"]:
            told = {"counts": counts(decisions), "refused": _refused(decisions)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for made in decisions:
            if made.outcome == REFUSED:
                line = f" (line {made.line})" if made.line else ""
                self.stdout.write(f"{made.slug}{line}: refused: {made.reason}")
        found = counts(decisions).items()
        self.stdout.write(", ".join(f"{n:,} {name}" for name, n in found) or "No products.")

    def _say(self, options: dict[str, Any], line: str) -> None:
        if not options["json"]:
            self.stdout.write(line)

    def _end(self, decisions: list[Decision]) -> None:
        if any(made.outcome == REFUSED for made in decisions):
            raise SystemExit(1)


def _wishes(options: dict[str, Any], *, rows: list[Row]) -> Wishes:
    return Wishes(
        rules=_rules(options),
        category_rules=parse_rules(options["category"]),
        rows=rows,
        cooperatives=_cooperatives(),
    )


def _rules(options: dict[str, Any]) -> list[Rule]:
    lines = list(options["rule"])
    if options["rules"]:
        lines += options["rules"].read_text(encoding="utf-8-sig").splitlines()
    return parse_rules(lines)


def _cooperatives() -> dict[str, Cooperative]:
    rows = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND)
    return {row.slug: row for row in rows}


def _unassigned(wishes: Wishes) -> Iterator[tuple[StoreProduct, str, str]]:
    for product in store_products(app_client()):
        if not owner_of(product, known_listing(product.gid)):
            wish, _line = wishes.of(product)
            chosen = "" if wish.problem else wish.cooperative
            yield product, chosen, wish.category or default_category(product)


def _ways(decisions: list[Decision]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for made in decisions:
        for move in made.moves:
            way = (move.source_slug, made.cooperative)
            found[way] = found.get(way, 0) + move.units
    return found


def _refused(decisions: list[Decision]) -> list[dict[str, Any]]:
    return [
        {"slug": made.slug, "reason": made.reason, "line": made.line}
        for made in decisions
        if made.outcome == REFUSED
    ]
