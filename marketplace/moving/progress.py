"""A move's progress: an object is recorded once it is complete in the new engine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from marketplace.moving.models import Move, MovedItem
from marketplace.moving.sides import Side
from marketplace.saleor.client import SaleorClient

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Course:
    """A move in progress: from where, to where, and where to report progress."""

    move: Move
    source: Side
    target: Side
    client: SaleorClient
    tell: Tell

    def moved(self, step: str) -> set[UUID]:
        """Objects that a step has moved; refused ones are not among them, and are tried again."""
        done = self.move.items.filter(step=step, problem="")
        return set(done.values_list("our_id", flat=True))

    def note(self, step: str, items: Iterable[tuple[UUID, str]]) -> None:
        """Record that objects (our id, name) have been moved."""
        self._note(step, [(our_id, name, "") for our_id, name in items])

    def refuse(self, step: str, our_id: UUID, name: str, problem: str) -> None:
        """Record why an object could not be moved; the others go on."""
        self._note(step, [(our_id, name, problem or "No reason was given.")])

    def _note(self, step: str, rows: Iterable[tuple[UUID, str, str]]) -> None:
        MovedItem.objects.bulk_create(
            [
                MovedItem(
                    move=self.move, step=step, our_id=our_id, name=name[:200], problem=problem
                )
                for our_id, name, problem in rows
            ],
            update_conflicts=True,
            unique_fields=["move", "step", "our_id"],
            update_fields=["name", "problem", "noted_at"],
        )
