"""What buyers of the demo say of what arrived, and what cooperatives answer."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "reviews.csv"
OTHERWISE = "en"


@dataclass(frozen=True)
class Saying:
    """A review's stars and words in one language, and the answer to it; empty without one."""

    language: str
    stars: int
    text: str
    answer: str


@cache
def sayings(language: str) -> tuple[Saying, ...]:
    """What is said in a language, in English where there is nothing in it."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Saying(row["language"], int(row["stars"]), row["text"], row["answer"])
            for row in csv.DictReader(file)
        ]
    own = tuple(row for row in rows if row.language == language)
    return own or tuple(row for row in rows if row.language == OTHERWISE)
