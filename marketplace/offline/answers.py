"""What a command is answered: its state, words for a person, and what a program needs."""

from dataclasses import dataclass, field
from typing import Any

# Final: kept, and given again.
DONE, CONFLICT, REFUSED = "done", "conflict", "refused"
# Not taken: the phone keeps the command and sends it again, or asks its person.
LATER, FORBIDDEN, OTHER = "later", "forbidden", "other"
FINAL = frozenset({DONE, CONFLICT, REFUSED})


@dataclass(frozen=True)
class Answer:
    """The answer to one command; ``words`` are in the language of who sent it."""

    state: str
    words: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """As it is kept and sent."""
        return {"state": self.state, "words": self.words, "facts": self.facts}
