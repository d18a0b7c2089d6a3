"""Use cases of visits: an adviser logs one, and corrects it for a week."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.errors import Forbidden
from vendors.accounts import User
from vendors.models import Cooperative, Visit, VisitKind, VisitVersion
from vendors.models.visits import SESSIONS
from vendors.visit_errors import SessionNumber, VisitInFuture, VisitTooOld


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """What a visit says; ``session_number`` only of an individual session (1 to 12)."""

    visited_on: date
    kind: str
    session_number: int | None = None
    done: str
    next_step: str = ""
    next_on: date | None = None


@transaction.atomic
def log_visit(*, cooperative: Cooperative, facts: VisitFacts, by: Actor) -> Visit:
    """Write down a visit. Raises VisitInFuture, SessionNumber, Forbidden for a machine."""
    author = User.objects.of_actor(by)
    if author is None:
        raise Forbidden
    _check(cooperative, facts)
    made = Visit.objects.create(cooperative=cooperative, by=author, **asdict(facts))
    audit.record("visit.logged", made, by=by, kind=made.kind, on=str(made.visited_on))
    return made


@transaction.atomic
def correct_visit(*, visit: Visit, facts: VisitFacts, by: Actor) -> Visit:
    """Correct one's own visit; what it said is kept.

    Raises Forbidden for another person's, VisitTooOld after a week, and as ``log_visit``.
    """
    rows = Visit.objects.within(visit.cooperative.scope).select_for_update(of=("self",))
    locked: Visit = rows.select_related("cooperative__programme").get(pk=visit.pk)
    if str(locked.by_id) != by.id:
        raise Forbidden
    if not locked.is_editable(locked.by_id):
        raise VisitTooOld
    _check(locked.cooperative, facts)
    before = content_of(locked)
    for field, value in asdict(facts).items():
        setattr(locked, field, value)
    if content_of(locked) == before:
        return locked
    VisitVersion.objects.create(visit=locked, content=before, changed_by_id=locked.by_id)
    locked.save(update_fields=list(asdict(facts)))
    audit.record("visit.corrected", locked, by=by)
    return locked


def content_of(visit: Visit) -> dict[str, object]:
    """What a visit says, as it is kept when it is corrected."""
    return {
        "visited_on": visit.visited_on.isoformat(),
        "kind": visit.kind,
        "session_number": visit.session_number,
        "done": visit.done,
        "next_step": visit.next_step,
        "next_on": visit.next_on.isoformat() if visit.next_on else None,
    }


def _check(cooperative: Cooperative, facts: VisitFacts) -> None:
    if facts.visited_on > day_of(timezone.now(), cooperative.programme.time_zone):
        raise VisitInFuture
    number = facts.session_number
    is_session = facts.kind == VisitKind.SESSION
    if is_session and (number is None or not 1 <= number <= SESSIONS):
        raise SessionNumber
    if not is_session and number is not None:
        raise SessionNumber
