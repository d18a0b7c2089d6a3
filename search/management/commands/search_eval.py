"""``twiza search-eval FILE --json``: nDCG@10 of judged queries."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.markets import MARKETS
from catalog.progress import show_progress
from search.backends import backend_named
from search.ranking.evaluation import (
    Evaluation,
    InvalidQueryFile,
    JudgedQuery,
    QueryScore,
    evaluate,
    mistyped,
    read_queries,
    spelling_stability,
)


class Command(BaseCommand):
    """Measure search by a file of queries with the goods that they should find."""

    help = (
        "Measure search by a CSV file of queries (query, lang, expected_slugs separated by |, "
        "type): nDCG@10 overall, by type and by language, with synonyms and without, and of the "
        "same queries with a typing error. Queries for goods that the market does not sell are "
        "counted apart. Also: whether Arabic spellings of a query find the same."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--market", default="ma", choices=[m.code for m in MARKETS])
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")
        parser.add_argument("--worst", type=int, default=0, help="list so many worst queries")
        parser.add_argument("--seed", type=int, default=1, help="which typing errors to make")
        parser.add_argument(
            "--backend",
            action="append",
            choices=sorted(settings.SEARCH_BACKENDS),
            help="which backend to measure, may be repeated; the configured one when left out",
        )

    def handle(self, **options: Any) -> None:
        queries = _queries(options["file"])
        reports: dict[str, Any] = {}
        for name in options["backend"] or [""]:
            with backend_named(name):
                reports[name or "configured"] = self._evaluate(queries, options)
        if options["json"]:
            only = next(iter(reports.values())) if len(reports) == 1 else {"backends": reports}
            self.stdout.write(json.dumps(only, ensure_ascii=False))
        else:
            for name, report in reports.items():
                self._print(name, report)

    def _evaluate(self, queries: list[JudgedQuery], options: dict[str, Any]) -> dict[str, Any]:
        market, typos = options["market"], mistyped(queries, seed=options["seed"])
        count = 3 * len(queries) + len(typos)
        done = 0

        def progress(_number: int) -> None:
            nonlocal done
            done += 1
            show_progress(sys.stderr, done, count, "queries")

        plain = evaluate(queries, market=market, progress=progress)
        bare = evaluate(queries, market=market, with_synonyms=False, progress=progress)
        with_typos = evaluate(typos, market=market, progress=progress)
        bare_with_typos = evaluate(typos, market=market, with_synonyms=False)
        self._print_worst([*plain.scores, *with_typos.scores], options["worst"])
        return {
            **_as_json(plain),
            "without_synonyms": _as_json(bare),
            "typos": _as_json(with_typos),
            "typos_without_synonyms": _as_json(bare_with_typos),
            "arabic_spellings": spelling_stability(queries, market=market),
        }

    def _print_worst(self, scores: list[QueryScore], count: int) -> None:
        known = [score for score in scores if score.ndcg is not None]
        for score in sorted(known, key=lambda each: each.ndcg or 0)[:count]:
            expected = "|".join(sorted(score.query.expected))
            self.stderr.write(f"{score.ndcg:.3f} {score.query.text} [{expected}]")

    def _print(self, name: str, report: dict[str, Any]) -> None:
        self.stdout.write(
            f"{name}: nDCG@10 {report['ndcg_at_10']} over {report['questions']} queries"
        )
        for grouping in ("by_type", "by_language", "by_type_and_language"):
            for group, mean in report[grouping].items():
                self.stdout.write(f"  {group}: {mean['ndcg']} ({mean['questions']})")
        self.stdout.write(f"without synonyms: {report['without_synonyms']['ndcg_at_10']}")
        self.stdout.write(f"with a typing error: {report['typos']['ndcg_at_10']}")
        self.stdout.write(f"same for Arabic spellings: {report['arabic_spellings']['same_top_10']}")
        self.stdout.write(f"{report['unanswerable']} queries are for goods not sold here")


def _queries(path: Path) -> list[JudgedQuery]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return read_queries(file)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except (InvalidQueryFile, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error


def _as_json(result: Evaluation) -> dict[str, Any]:
    return {
        "ndcg_at_10": result.overall,
        "questions": len(result.scores) - result.unanswerable,
        "unanswerable": result.unanswerable,
        "by_type": result.by(lambda q: q.kind),
        "by_language": result.by(lambda q: q.language),
        "by_type_and_language": result.by(lambda q: f"{q.kind} {q.language}"),
    }
