"""Registration of cooperatives from a file, and their publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from marketplace.core.actors import Actor
from vendors.errors import UnreadableRegister
from vendors.models import Cooperative, CooperativeStatus, Programme
from vendors.scoping import Crossing
from vendors.services.cooperative_facts import CooperativeFacts
from vendors.services.cooperatives import (
    publish_cooperatives,
    register_cooperative,
    write_texts,
)


@dataclass(frozen=True)
class RegisterRow:
    """A row of the file: registered facts, and the name by language."""

    facts: CooperativeFacts
    names: Mapping[str, str] = field(default_factory=dict)


def register_from_file(
    *, programme: Programme, rows: Sequence[RegisterRow], by: Actor
) -> tuple[int, int]:
    """Register new cooperatives, and publish those that are still drafts.

    Returns how many are new and how many were known. Idempotent. Raises UnreadableRegister for a
    slug that another programme's cooperative has, UnknownRegion.
    """
    slugs = [row.facts.slug for row in rows]
    known = _known(slugs)
    if strange := [c.slug for c in known.values() if c.programme_id != programme.pk]:
        raise UnreadableRegister({"file": f"{min(strange)}: {programme.slug}"})
    fresh = [row for row in rows if row.facts.slug not in known]
    for row in fresh:
        _register(programme, row, by)
    drafts = [c for c in _known(slugs).values() if c.status == CooperativeStatus.DRAFT]
    publish_cooperatives(cooperatives=drafts, by=by)
    return len(fresh), len(known)


def _known(slugs: Sequence[str]) -> dict[str, Cooperative]:
    found = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND).filter(slug__in=slugs)
    return {cooperative.slug: cooperative for cooperative in found}


@transaction.atomic
def _register(programme: Programme, row: RegisterRow, by: Actor) -> None:
    cooperative = register_cooperative(programme=programme, facts=row.facts, by=by)
    for language, name in row.names.items():
        write_texts(cooperative=cooperative, language=language, name=name, by=by)
