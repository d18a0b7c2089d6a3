"""Two people who change one thing: what was read is compared, under lock, with what is there.

A page reads something and says its version; the service that saves compares it under its lock, so
that of two who save at the same moment the second is told, and nothing is overwritten unseen.
"""

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError
from marketplace.core.models import AuditEntry


class ChangedMeanwhile(TwizaError):
    """Somebody else has saved another state since it was read. Nothing was saved."""

    code = "changed_meanwhile"
    message = _("Someone else has changed this meanwhile. Nothing was saved; read it again.")


def version_of(values: Any) -> str:
    """The version of a state: a hash of its values, whatever their order."""
    written = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def require_version(wanted: str | None, values: Any) -> None:
    """Raise ChangedMeanwhile unless ``values`` are those that were read; None asks for nothing."""
    if wanted and wanted != version_of(values):
        raise ChangedMeanwhile


def last_entry(subject: models.Model, *actions: str) -> AuditEntry | None:
    """The last audit entry of an object, of these actions: who changed it, and when."""
    rows = AuditEntry.objects.filter(
        subject_type=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented API
        subject_id=str(subject.pk),
        action__in=actions,
    )
    return rows.order_by("-at", "-pk").first()
