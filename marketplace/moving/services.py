"""Use cases of a move: plan, carry out, check, accept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.moving import books
from marketplace.moving.checking import Findings, compare
from marketplace.moving.closing import close, open_move
from marketplace.moving.errors import CannotMove
from marketplace.moving.models import Move, MoveState
from marketplace.moving.obstacles import IN_THE_ENGINE, Obstacle, obstacles
from marketplace.moving.progress import Course, Tell
from marketplace.moving.sides import Side, sides
from marketplace.moving.steps import STEPS
from marketplace.orders.models import CheckoutAttempt, CheckoutState
from marketplace.saleor import ids, setup
from marketplace.saleor.gateway import app_client

_LOCK = 7_311_120


@dataclass(frozen=True)
class Plan:
    """What a move would transfer, and what prevents it."""

    source: str
    target: str
    counts: dict[str, int]
    under_way: list[Obstacle]
    not_set_up: list[str]

    @property
    def may_begin(self) -> bool:
        """Whether nothing prevents it."""
        return not self.not_set_up and not any(found.stops for found in self.under_way)


def plan() -> Plan:
    """Examine both sides; changes nothing. Raises CannotMove, NotInstalled, EngineUnavailable."""
    source, target = sides()
    first = source.client.products_page(None).products
    return Plan(
        source=source.instance.api_url,
        target=target.instance.api_url,
        counts={
            "cooperatives": len(set(source.known(ids.PAGE)) | set(source.known(ids.WAREHOUSE))),
            "listings": (first.total_count or 0) if first else 0,
            "orders": len(source.known(ids.ORDER)),
            "payments": len(source.known(ids.TRANSACTION)),
            "photographs": len(source.known(ids.MEDIA)),
        },
        under_way=_under_way(source, target),
        not_set_up=setup.plan(),
    )


def _under_way(source: Side, target: Side) -> list[Obstacle]:
    """Unfinished work between the engines; none in a move that has begun."""
    begun = open_move()
    if begun is not None and begun.state == MoveState.UNDER_WAY:
        return []
    return obstacles(source, target)


def move(*, by: Actor, tell: Tell) -> Findings:
    """Move everything to the configured engine, compare, and open the shop if all is equal.

    May be stopped at any point and run again. What the new engine refuses is recorded and does not
    stop the rest; then, or when anything differs, the shop stays closed. Raises CannotMove,
    EngineUnavailable.
    """
    with _alone():
        asked = plan()
        if not asked.may_begin:
            stopping = [str(found) for found in asked.under_way if found.stops]
            raise CannotMove([*stopping, *(f"Not set up: {it}" for it in asked.not_set_up)])
        source, target = sides()
        row = _begin(source, target, by)
        course = Course(row, source, target, app_client(), tell)
        times: dict[str, float] = {}
        for name, step in STEPS:
            times[name] = _timed(lambda step=step: step(course))  # type: ignore[misc]
            tell(f"{name}: {times[name]:.0f} s")
        found = _compared(row, source, target, tell, times)
        if found.is_equal and not row.items.exclude(problem="").exists():
            _open(row, by)
        return found


def check(*, tell: Tell) -> Findings:
    """Compare the two engines again, of the open move or the last; only the report is changed.

    After the shop has sold at its new engine they differ by those sales. Raises CannotMove.
    """
    row = last_move()
    if row is None or row.source is None or row.target is None:
        raise CannotMove(["No move has begun."])
    return _compared(row, Side(row.source), Side(row.target), tell, {})


def accept(*, by: Actor) -> Move:
    """Open the shop at its new engine although something was refused or differs.

    Raises CannotMove when no move was carried out to its end.
    """
    row = last_move()
    if row is None or row.state != MoveState.UNDER_WAY or not row.report:
        raise CannotMove(["No move was carried out to its end: run `twiza move` first."])
    _open(row, by)
    return row


def last_move() -> Move | None:
    """The move that began last, open or done."""
    begun = Move.objects.filter(begun_at__isnull=False).exclude(state=MoveState.GIVEN_UP)
    return begun.select_related("source", "target").order_by("-begun_at").first()


def refused(row: Move) -> list[tuple[str, str, str]]:
    """Objects that could not be moved: step, name, reason."""
    found = row.items.exclude(problem="").order_by("step", "name")
    return list(found.values_list("step", "name", "problem"))


@transaction.atomic
def _begin(source: Side, target: Side, by: Actor) -> Move:
    row = close(by=by)
    if row.state == MoveState.UNDER_WAY:
        if row.source_id != source.instance.pk or row.target_id != target.instance.pk:
            raise CannotMove([f"Another move is under way: {row}. Finish it, or --reopen."])
        return row
    row.source, row.target, row.state = source.instance, target.instance, MoveState.UNDER_WAY
    row.begun_at, row.books = timezone.now(), books.fingerprints()
    row.save()
    # Their checkouts stay at the old engine; the baskets are ours, and stay.
    recent = CheckoutAttempt.objects.filter(updated_at__gt=timezone.now() - timedelta(days=30))
    recent.filter(state__in=IN_THE_ENGINE).update(state=CheckoutState.GIVEN_UP)
    audit.record("move.begun", row, by=by, source=str(row.source), target=str(row.target))
    return row


def _compared(
    row: Move, source: Side, target: Side, tell: Tell, times: dict[str, float]
) -> Findings:
    began = monotonic()
    found = compare(source, target, row.books, tell)
    seconds = {**row.report.get("seconds", {}), **times, "comparing": monotonic() - began}
    row.report = {**found.as_json(), "seconds": {k: round(v, 1) for k, v in seconds.items()}}
    row.save(update_fields=["report"])
    return found


@transaction.atomic
def _open(row: Move, by: Actor) -> None:
    row.state, row.is_open, row.ended_at = MoveState.DONE, None, timezone.now()
    row.save(update_fields=["state", "is_open", "ended_at"])
    audit.record("move.done", row, by=by, report=_summary(row.report))


def _summary(report: dict[str, Any]) -> dict[str, Any]:
    return {"equal": report.get("equal"), "totals": len(report.get("totals", []))}


def _timed(work: Callable[[], None]) -> float:
    began = monotonic()
    work()
    return monotonic() - began


@contextmanager
def _alone() -> Iterator[None]:
    """One move at a time; the lock ends with its process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (held,) = cursor.fetchone() or (False,)
    if not held:
        raise CannotMove(["Another process is moving the shop."])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
