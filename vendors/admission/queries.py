"""Reads of admissions."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from vendors.models import (
    Admission,
    AdmissionState,
    AdmissionStep,
    AgeBand,
    Cooperative,
    MembersByAge,
    StepKind,
)
from vendors.scoping import Scope

BANDS = tuple(AgeBand)


def admission_of(cooperative: Cooperative) -> Admission | None:
    """The admission of a cooperative; None where it was registered without one."""
    rows = Admission.objects.within(cooperative.scope).select_related("cooperative__programme")
    found: Admission | None = rows.first()
    return found


def open_admission_of(cooperative: Cooperative) -> Admission | None:
    """The admission that is not approved yet, if there is one."""
    found = admission_of(cooperative)
    return None if found is None or found.state == AdmissionState.APPROVED else found


def steps_of(admission: Admission) -> list[AdmissionStep]:
    """What happened so far, the first step first."""
    rows = AdmissionStep.objects.within(admission.cooperative.scope)
    return list(rows.filter(admission=admission).select_related("by").order_by("at", "pk"))


def last_decision(steps: list[AdmissionStep]) -> AdmissionStep | None:
    """The last word of the staff: its remarks stand until it is approved."""
    decided = {StepKind.RETURNED, StepKind.REFUSED, StepKind.APPROVED}
    return next((step for step in reversed(steps) if step.kind in decided), None)


def remarks_of(admission: Admission) -> dict[str, str]:
    """The remarks by field that the cooperative is to answer, or has just answered."""
    if admission.state == AdmissionState.APPROVED:
        return {}
    last = last_decision(steps_of(admission))
    return dict(last.remarks) if last else {}


def members_by_age(cooperative: Cooperative) -> dict[str, tuple[int, int]]:
    """Women and men of each age band, all bands."""
    rows = MembersByAge.objects.within(cooperative.scope)
    known = {row.age_band: (row.women, row.men) for row in rows}
    return {band.value: known.get(band.value, (0, 0)) for band in BANDS}


def waiting_admissions(scope: Scope) -> QuerySet[Any]:
    """Cooperatives of a scope whose admission staff are to decide."""
    rows = Cooperative.objects.within(scope)
    return rows.filter(admission__state=AdmissionState.SUBMITTED)


def new_applications(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of cooperatives those of strangers that are being filled in: staff look at them early."""
    return rows.filter(admission__has_applied=True, admission__state=AdmissionState.OPEN)


def with_admission(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Cooperatives with ``admission_state``; None where there is no admission."""
    state = Admission.objects.filter(cooperative=OuterRef("pk")).values("state")
    found: QuerySet[Any] = rows.annotate(admission_state=Subquery(state[:1]))
    return found


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Of cooperatives those whose admission is in a state."""
    return rows.filter(Q(admission__state=state))


def is_registered(scope: Scope, region: str, *names: str) -> bool:
    """Whether a cooperative of one of these names is in a region."""
    wanted = [name for name in names if name]
    rows = Cooperative.objects.within(scope).filter(region_code=region)
    named = Q()
    for name in wanted:
        named |= Q(legal_name__iexact=name) | Q(legal_name_latin__iexact=name)
    return bool(wanted) and bool(rows.filter(named).exists())
