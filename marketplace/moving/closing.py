"""Whether the shop is closed: while it moves, it sells from neither engine.

It is closed when somebody closed it for a move, and whenever the configured engine is not the one
that holds the shop's products: a changed address alone can never sell from an empty engine, nor,
after a move, from the old one.
"""

from collections.abc import Callable
from functools import wraps

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.moving.errors import CannotMove
from marketplace.moving.models import Move, MoveState
from marketplace.saleor import ids, instances
from marketplace.saleor.models import EngineInstance, IdMapping


def open_move() -> Move | None:
    """The move that is neither done nor given up, if there is one."""
    return Move.objects.filter(is_open=True).select_related("source", "target").first()


def home() -> EngineInstance | None:
    """The engine that holds the shop's products; None before the first."""
    last = Move.objects.filter(state=MoveState.DONE).order_by("-ended_at").first()
    if last is not None:
        return last.target
    first = IdMapping.objects.filter(kind=ids.PRODUCT).order_by("pk")
    found = first.select_related("instance").first()
    return found.instance if found else None


def is_closed() -> bool:
    """Whether nothing may be sold or changed now."""
    if Move.objects.filter(is_open=True).exists():
        return True
    return is_not_at_home()


def is_not_at_home() -> bool:
    """Whether the configured engine is not the one that holds the shop's products."""
    others = EngineInstance.objects.exclude(api_url=instances.api_url())
    if not others.exists():
        return False
    at = home()
    return at is not None and at.api_url != instances.api_url()


def while_at_home(loop: Callable[[], int]) -> Callable[[], int]:
    """A loop of the worker that pauses while the configured engine is not the shop's home.

    A shop that is only closed beforehand finishes open work.
    """

    @wraps(loop)
    def rest_or_work() -> int:
        return 0 if is_not_at_home() else loop()

    return rest_or_work


@transaction.atomic
def close(*, by: Actor) -> Move:
    """Close the shop for a move: no new checkouts, open ones may be completed."""
    found = open_move()
    if found is not None:
        return found
    move = Move.objects.create()
    audit.record("move.closed", move, by=by)
    return move


@transaction.atomic
def reopen(*, by: Actor) -> Move:
    """Open the shop again at its home, and give the move up.

    What the move has created in the new engine stays there. Raises CannotMove when no move is open,
    or while the new engine is configured.
    """
    move = open_move()
    if move is None:
        raise CannotMove(["No move is open."])
    if is_not_at_home():
        raise CannotMove([f"The shop's goods are in {home()}: configure that engine again first."])
    move.state, move.is_open = MoveState.GIVEN_UP, None
    move.save(update_fields=["state", "is_open"])
    audit.record("move.given_up", move, by=by)
    return move
