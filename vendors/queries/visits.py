"""Queries on visits, for advisers and for the programme's pages."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from marketplace.core.errors import NotFound
from vendors.models import Visit, VisitKind, VisitVersion
from vendors.scoping import Scope


def visits_in(scope: Scope) -> QuerySet[Visit]:
    """The visits of a scope, for a list."""
    return Visit.objects.within(scope).select_related("cooperative__programme", "by")


def find_visit(scope: Scope, visit_id: UUID) -> Visit:
    """One of them; raises NotFound."""
    found: Visit | None = visits_in(scope).filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    return found


def former_versions(visit: Visit) -> list[VisitVersion]:
    """What it said before, the latest first."""
    rows = VisitVersion.objects.within(visit.cooperative.scope).filter(visit=visit)
    return list(rows.select_related("changed_by").order_by("-changed_at", "-pk"))


def next_session(scope: Scope) -> int:
    """The number of a cooperative's next individual session; the last one where all were held."""
    rows = Visit.objects.within(scope).filter(kind=VisitKind.SESSION)
    last = rows.order_by("-session_number").values_list("session_number", flat=True).first()
    return min((last or 0) + 1, 12)


def with_last_visit(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Cooperatives with the day of the last visit and until when its next step is to be done."""
    last = Visit.objects.filter(cooperative=OuterRef("pk")).order_by("-visited_on", "-logged_at")
    found: QuerySet[Any] = rows.annotate(
        last_visit_on=Subquery(last.values("visited_on")[:1]),
        next_step_on=Subquery(last.values("next_on")[:1]),
    )
    return found
