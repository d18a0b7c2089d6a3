"""``twiza search-eval FILE --json``: nDCG@10 of judged questions."""

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
    Mark,
    Question,
    UnreadableQuestions,
    evaluate,
    mistyped,
    read_questions,
    steadiness,
)


class Command(BaseCommand):
    """Mark search by a file of questions with the goods that they mean."""

    help = (
        "Mark search by a CSV file of questions (query, lang, expected_slugs parted by |, type): "
        "nDCG@10 overall, by type and by language, with synonyms and without, and of the same "
        "questions with a slip of the hand. A question for goods that the market does not sell is "
        "counted apart. Also: whether Arabic spellings of a question find the same."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--market", default="ma", choices=[m.code for m in MARKETS])
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")
        parser.add_argument("--worst", type=int, default=0, help="list so many worst questions")
        parser.add_argument("--seed", type=int, default=1, help="which slips of the hand to make")
        parser.add_argument(
            "--backend",
            action="append",
            choices=sorted(settings.SEARCH_BACKENDS),
            help="which backend to mark, may be repeated; the configured one when left out",
        )

    def handle(self, **options: Any) -> None:
        questions = _questions(options["file"])
        told: dict[str, Any] = {}
        for name in options["backend"] or [""]:
            with backend_named(name):
                told[name or "configured"] = self._mark(questions, options)
        report = next(iter(told.values())) if len(told) == 1 else {"backends": told}
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            for name, marks in told.items():
                self._tell(name, marks)

    def _mark(self, questions: list[Question], options: dict[str, Any]) -> dict[str, Any]:
        market, slips = options["market"], mistyped(questions, seed=options["seed"])
        count = 3 * len(questions) + len(slips)
        done = 0

        def progress(_number: int) -> None:
            nonlocal done
            done += 1
            show_progress(sys.stderr, done, count, "questions")

        plain = evaluate(questions, market=market, progress=progress)
        bare = evaluate(questions, market=market, with_synonyms=False, progress=progress)
        slipped = evaluate(slips, market=market, progress=progress)
        slipped_bare = evaluate(slips, market=market, with_synonyms=False)
        self._tell_worst([*plain.marks, *slipped.marks], options["worst"])
        return {
            **_as_json(plain),
            "without_synonyms": _as_json(bare),
            "typos": _as_json(slipped),
            "typos_without_synonyms": _as_json(slipped_bare),
            "arabic_spellings": steadiness(questions, market=market),
        }

    def _tell_worst(self, marks: list[Mark], count: int) -> None:
        known = [mark for mark in marks if mark.ndcg is not None]
        for mark in sorted(known, key=lambda m: m.ndcg or 0)[:count]:
            expected = "|".join(sorted(mark.question.expected))
            self.stderr.write(f"{mark.ndcg:.3f} {mark.question.text} [{expected}]")

    def _tell(self, name: str, told: dict[str, Any]) -> None:
        self.stdout.write(
            f"{name}: nDCG@10 {told['ndcg_at_10']} over {told['questions']} questions"
        )
        for part in ("by_type", "by_language", "by_type_and_language"):
            for group, mean in told[part].items():
                self.stdout.write(f"  {group}: {mean['ndcg']} ({mean['questions']})")
        self.stdout.write(f"without synonyms: {told['without_synonyms']['ndcg_at_10']}")
        self.stdout.write(f"with a slip of the hand: {told['typos']['ndcg_at_10']}")
        self.stdout.write(f"Arabic spellings alike: {told['arabic_spellings']['same_top_10']}")
        self.stdout.write(f"{told['unanswerable']} questions ask for goods not sold here")


def _questions(path: Path) -> list[Question]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return read_questions(file)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except (UnreadableQuestions, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error


def _as_json(result: Evaluation) -> dict[str, Any]:
    return {
        "ndcg_at_10": result.overall,
        "questions": len(result.marks) - result.unanswerable,
        "unanswerable": result.unanswerable,
        "by_type": result.by(lambda q: q.kind),
        "by_language": result.by(lambda q: q.language),
        "by_type_and_language": result.by(lambda q: f"{q.kind} {q.language}"),
    }
