"""A step of an admission: written down with who took it, and told by mail."""

from collections.abc import Mapping

from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from vendors.admission.errors import NotYourTurn
from vendors.events import AdmissionMoved
from vendors.models import Admission, AdmissionStep, Cooperative
from vendors.two_persons import user_id


def take_step(
    admission: Admission,
    kind: str,
    *,
    by: Actor,
    text: str = "",
    remarks: Mapping[str, str] | None = None,
) -> AdmissionStep:
    """Write a step down and tell of it; inside the transaction of the act."""
    now = timezone.now()
    step = AdmissionStep.objects.create(
        admission=admission, kind=kind, at=now, by_id=user_id(by), text=text,
        remarks=dict(remarks or {}),
    )  # fmt: skip
    audit.record(f"admission.{kind}", admission.cooperative, by=by)
    publish(
        AdmissionMoved(
            aggregate_id=admission.cooperative_id,
            cooperative_id=admission.cooperative_id,
            programme_id=admission.cooperative.programme_id,
            step_id=step.pk,
            occurred_at=now,
        )
    )
    return step


def lock(cooperative: Cooperative, *states: str) -> Admission:
    """The admission, locked with its cooperative; raises NotYourTurn in another state."""
    rows = Cooperative.objects.within(cooperative.scope)
    rows.select_for_update(of=("self",)).get()
    found: Admission | None = (
        Admission.objects.within(cooperative.scope)
        .select_related("cooperative__programme")
        .filter(state__in=states)
        .first()
    )
    if found is None:
        raise NotYourTurn
    return found
