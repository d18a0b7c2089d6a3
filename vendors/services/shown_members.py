"""A cooperative presents its members: adds, changes, orders and takes away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.picture_sizes import WIDTHS, kept_name
from vendors.models import Cooperative, ShownMember
from vendors.services.cooperatives import tell_change
from vendors.shown_member_errors import ConsentMissing, TooManyShown

MOST_SHOWN = 12


@dataclass(frozen=True)
class MemberFacts:
    """What is shown of a member; crafts and sentences by language, each in one or more of them."""

    name: str
    crafts: Mapping[str, str]
    name_ar: str = ""
    sentences: Mapping[str, str] = field(default_factory=dict)
    since_year: int | None = None
    has_consented: bool = False


@transaction.atomic
def show_member(
    *, cooperative: Cooperative, facts: MemberFacts, photo: bytes | None = None, by: Actor
) -> ShownMember:
    """Present a member, after the others; ``photo`` is JPEG as ``catalog.photo_files`` makes it.

    Raises ConsentMissing, and TooManyShown above twelve.
    """
    Cooperative.objects.within(cooperative.scope).select_for_update().get(pk=cooperative.pk)
    shown = ShownMember.objects.within(cooperative.scope)
    if shown.count() >= MOST_SHOWN:
        raise TooManyShown(count=MOST_SHOWN)
    last = shown.aggregate(last=Max("position"))["last"]
    member = ShownMember(cooperative=cooperative, position=0 if last is None else last + 1)
    _write(member, facts)
    if photo is not None:
        _keep_photo(member, photo)
    member.save(force_insert=True)
    audit.record("cooperative.member_shown", cooperative, by=by, member=member.pk)
    tell_change(cooperative)
    return member


@transaction.atomic
def change_shown_member(
    *,
    member: ShownMember,
    facts: MemberFacts,
    photo: bytes | None = None,
    removes_photo: bool = False,
    by: Actor,
) -> ShownMember:
    """Change what is shown of a member, who has agreed to it anew.

    A new ``photo`` takes the place of the one before. Raises ConsentMissing.
    """
    current = _locked(member)
    _write(current, facts)
    if photo is not None or removes_photo:
        _drop_photo(current)
    if photo is not None:
        _keep_photo(current, photo)
    current.save()
    audit.record("cooperative.shown_member_changed", current.cooperative, by=by, member=current.pk)
    tell_change(current.cooperative)
    return current


@transaction.atomic
def stop_showing_member(*, member: ShownMember, by: Actor) -> None:
    """No longer present a member: all that was kept of her here is deleted, the photograph too."""
    current = _locked(member)
    cooperative, pk = current.cooperative, current.pk
    _drop_photo(current)
    current.delete()
    audit.record("cooperative.member_taken_away", cooperative, by=by, member=pk)
    tell_change(cooperative)


@transaction.atomic
def move_member_up(*, member: ShownMember, by: Actor) -> None:
    """Show a member one place earlier; the first one stays where she is."""
    current = _locked(member)
    rows = list(
        ShownMember.objects.within(current.cooperative.scope)
        .select_for_update()
        .order_by("position", "pk")
    )
    place = next(n for n, row in enumerate(rows) if row.pk == current.pk)
    if place == 0:
        return
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, row in enumerate(rows):
        row.position = position
    ShownMember.objects.within(current.cooperative.scope).bulk_update(rows, ["position"])
    audit.record("cooperative.shown_members_ordered", current.cooperative, by=by)
    tell_change(current.cooperative)


def _locked(member: ShownMember) -> ShownMember:
    """The member now; the cooperative is locked, so that two orders do not mix."""
    scope = member.cooperative.scope
    Cooperative.objects.within(scope).select_for_update().get(pk=member.cooperative_id)
    found: ShownMember = (
        ShownMember.objects.within(scope).select_related("cooperative").get(pk=member.pk)
    )
    return found


def _write(member: ShownMember, facts: MemberFacts) -> None:
    if not facts.has_consented:
        raise ConsentMissing
    member.name, member.name_ar = facts.name, facts.name_ar
    for language in ("ar", "fr", "en"):
        setattr(member, f"craft_{language}", facts.crafts.get(language, ""))
        setattr(member, f"sentence_{language}", facts.sentences.get(language, ""))
    member.since_year = facts.since_year
    member.consented_on = timezone.localdate()


def _keep_photo(member: ShownMember, photo: bytes) -> None:
    member.photo_key = uuid4()
    member.file.save(f"{member.photo_key}.jpg", ContentFile(photo), save=False)


def _drop_photo(member: ShownMember) -> None:
    """The files go with the commit."""
    if not member.file:
        return
    storage, name = member.file.storage, str(member.file.name)
    member.file, member.photo_key = "", None
    for each in (name, *(kept_name(name, width) for width in WIDTHS)):
        transaction.on_commit(partial(storage.delete, each))
