"""The audit trail: one row for each act of a person or a machine."""

from typing import Any

from django.db import models

from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry


def record(action: str, subject: models.Model, *, by: Actor, **details: Any) -> AuditEntry:
    """Write who did what; call it inside the transaction of the act itself."""
    return AuditEntry.objects.create(
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        action=action,
        subject_type=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented API
        subject_id=str(subject.pk),
        details=details,
    )
