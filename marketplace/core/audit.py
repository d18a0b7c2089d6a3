"""The audit trail: an entry for each act of a person or a machine."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry


def record(action: str, subject: models.Model, *, by: Actor, **details: Any) -> AuditEntry:
    """Write an audit entry; call it inside the transaction of the act."""
    entry = _entry(action, subject, by, details)
    entry.save(force_insert=True)
    return entry


def record_all(action: str, subjects: Iterable[tuple[models.Model, Actor, dict[str, Any]]]) -> None:
    """Write entries of one act on many subjects: each with its actor and details."""
    AuditEntry.objects.bulk_create(_entry(action, row, by, facts) for row, by, facts in subjects)


def _entry(action: str, subject: models.Model, by: Actor, details: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        acts_for=by.acts_for,
        action=action,
        subject_type=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented API
        subject_id=str(subject.pk),
        details=details,
    )
