"""Documents: what a programme asks for, what a cooperative handed in, what is missing or expires.

A file is kept encrypted, and is only ever handed out as a download.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.errors import NotFound
from marketplace.core.private_files import delete_private, save_private
from vendors.admission.document_files import DocumentFile
from vendors.admission.errors import ExpiredDocument, ExpiryMissing
from vendors.models import (
    Admission,
    Cooperative,
    CooperativeDocument,
    DocumentRequirement,
    Programme,
)
from vendors.queries.facts import current_enrolment
from vendors.scoping import Scope
from vendors.two_persons import user_id

# So long before its last day a document is asked for anew.
SOON = timedelta(days=30)


@dataclass(frozen=True)
class AskedDocument:
    """A document that is asked of a cooperative today, with what was handed in."""

    requirement: DocumentRequirement
    document: CooperativeDocument | None
    today: date

    @property
    def is_expired(self) -> bool:
        return bool(self.document and self.document.expires_on and self._last < self.today)

    @property
    def expires_soon(self) -> bool:
        """Whether it is valid today and no more in a month."""
        has_end = bool(self.document and self.document.expires_on)
        return has_end and self.today <= self._last < self.today + SOON

    @property
    def is_missing(self) -> bool:
        return self.document is None or self.is_expired

    @property
    def is_overdue(self) -> bool:
        due = self.requirement.due_on
        return self.is_missing and due is not None and due < self.today

    @property
    def _last(self) -> date:
        assert self.document is not None
        return self.document.expires_on or date.max


def asked_documents(cooperative: Cooperative) -> list[AskedDocument]:
    """The documents that its programme asks of a cooperative in its phase today."""
    today = day_of(timezone.now(), cooperative.programme.time_zone)
    phase = _phase(cooperative)
    rows = requirements_on(cooperative.programme, today)
    handed_in = {
        row.requirement_id: row for row in CooperativeDocument.objects.within(cooperative.scope)
    }
    return [
        AskedDocument(row, handed_in.get(row.pk), today)
        for row in rows
        if row.phase is None or row.phase == phase
    ]


def requirements_on(programme: Programme, day: date) -> list[DocumentRequirement]:
    """What a programme asks for on a day."""
    rows = programme.document_requirements.filter(valid_from__lte=day)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("pk"))


def all_requirements(programme: Programme) -> list[DocumentRequirement]:
    """What a programme asks for, has asked for and will: the latest first."""
    return list(programme.document_requirements.order_by("-valid_from", "-pk"))


def find_asked(cooperative: Cooperative, requirement_id: int) -> AskedDocument:
    """A document that is asked of the cooperative today; raises NotFound."""
    for asked in asked_documents(cooperative):
        if asked.requirement.pk == requirement_id:
            return asked
    raise NotFound


def find_document(scope: Scope, document_id: UUID) -> CooperativeDocument:
    """A document of a scope; raises NotFound."""
    rows = CooperativeDocument.objects.within(scope).select_related("requirement", "cooperative")
    found: CooperativeDocument | None = rows.filter(pk=document_id).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def ask_for_document(
    *, programme: Programme, asked: Mapping[str, Any], by: Actor
) -> DocumentRequirement:
    """Ask for a document from a day on; ``asked`` holds the requirement's fields."""
    made = DocumentRequirement.objects.create(programme=programme, added_by_id=user_id(by), **asked)
    audit.record("document.asked", programme, by=by, requirement=made.pk, name=made.name_en)
    return made


@transaction.atomic
def stop_asking(*, programme: Programme, requirement_id: int, by: Actor) -> DocumentRequirement:
    """Ask no more from today on; what was handed in stays. Raises NotFound."""
    rows = programme.document_requirements.select_for_update().filter(pk=requirement_id)
    found: DocumentRequirement | None = rows.first()
    if found is None:
        raise NotFound
    today = day_of(timezone.now(), programme.time_zone)
    if found.valid_to is None or found.valid_to > today:
        found.valid_to = today
        found.save(update_fields=["valid_to"])
        audit.record("document.asked_no_more", programme, by=by, requirement=found.pk)
    return found


@transaction.atomic
def hand_in(
    *,
    cooperative: Cooperative,
    requirement: DocumentRequirement,
    file: DocumentFile,
    expires_on: date | None,
    by: Actor,
) -> CooperativeDocument:
    """Keep a file for a requirement; an earlier one for it is deleted after the commit.

    Raises ExpiryMissing, ExpiredDocument, OSError.
    """
    today = day_of(timezone.now(), cooperative.programme.time_zone)
    if requirement.expires and expires_on is None:
        raise ExpiryMissing
    if expires_on is not None and expires_on < today:
        raise ExpiredDocument
    Cooperative.objects.within(cooperative.scope).select_for_update(of=("self",)).get()
    rows = CooperativeDocument.objects.within(cooperative.scope)
    for earlier in rows.filter(requirement=requirement):
        transaction.on_commit(partial(delete_private, earlier.stored_at))
    rows.filter(requirement=requirement).delete()
    document = CooperativeDocument.objects.create(
        cooperative=cooperative,
        requirement=requirement,
        content_type=file.content_type,
        size=len(file.content),
        expires_on=expires_on if requirement.expires else None,
        added_by_id=user_id(by),
    )
    save_private(document.stored_at, BytesIO(file.content))
    audit.record("document.handed_in", cooperative, by=by, requirement=requirement.pk)
    return document


def _phase(cooperative: Cooperative) -> int | None:
    enrolment = current_enrolment(cooperative.pk)
    if enrolment is not None:
        return enrolment.phase
    rows = Admission.objects.within(cooperative.scope)
    found: int | None = rows.values_list("phase", flat=True).first()
    return found
