"""``twiza search-eval FILE --json``: nDCG@10 of judged questions."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.markets import MARKETS
from catalog.progress import show_progress
from search.evaluation import Evaluation, Question, UnreadableQuestions, evaluate, read_questions


class Command(BaseCommand):
    """Mark search by a file of questions with the goods that they mean."""

    help = (
        "Mark search by a CSV file of questions (query, lang, expected_slugs parted by |, type): "
        "nDCG@10 overall, by type and by language. A question for goods that the market does not "
        "sell is counted apart."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--market", default="ma", choices=[m.code for m in MARKETS])
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")
        parser.add_argument("--worst", type=int, default=0, help="list so many worst questions")

    def handle(self, **options: Any) -> None:
        questions = _questions(options["file"])
        result = evaluate(
            questions,
            market=options["market"],
            progress=lambda done: show_progress(sys.stderr, done, len(questions), "questions"),
        )
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(result), ensure_ascii=False))
        else:
            self._tell(result)
        for mark in sorted(
            (m for m in result.marks if m.ndcg is not None), key=lambda m: m.ndcg or 0
        )[: options["worst"]]:
            expected = "|".join(sorted(mark.question.expected))
            self.stderr.write(f"{mark.ndcg:.3f} {mark.question.text} [{expected}]")

    def _tell(self, result: Evaluation) -> None:
        told = _as_json(result)
        self.stdout.write(f"nDCG@10 {told['ndcg_at_10']} over {told['questions']} questions")
        for part in ("by_type", "by_language", "by_type_and_language"):
            for name, mean in told[part].items():
                self.stdout.write(f"  {name}: {mean['ndcg']} ({mean['questions']})")
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
