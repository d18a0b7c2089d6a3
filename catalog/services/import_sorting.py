"""Which rows of an import become what: what earlier imports began, what cannot be used."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.content import check
from catalog.errors import InvalidListing
from catalog.import_rows import ImportRow
from catalog.models import ListingRevision, RevisionState
from catalog.services.import_outcomes import ImportReport, UsualPrices, note_unusual
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

# The state of a listing that somebody made by hand.
BY_HAND = "by_hand"


class Known(NamedTuple):
    """A row that an earlier import has begun."""

    listing_id: UUID
    slug: str
    revision_id: UUID
    state: str
    remark: str


@dataclass
class Seen:
    """What the rows so far have said: the number of each key's row, and usual prices."""

    rows: dict[str, int] = field(default_factory=dict)
    usual: UsualPrices = field(default_factory=dict)


def known_rows(cooperative: Cooperative, keys: Collection[str] | None = None) -> dict[str, Known]:
    """Rows that earlier imports began, by key, and the cooperative's other listings by slug.

    A table of its own products names those by it (``catalog.exported``). With ``keys`` only those.
    """
    first = ListingRevision.objects.within(CooperativeScope(cooperative.pk)).filter(number=1)
    if keys is not None:
        by_hand = Q(listing__import_key="", listing__slug__in=keys)
        first = first.filter(Q(listing__import_key__in=keys) | by_hand)
    found = first.values_list(
        "listing__import_key", "listing_id", "listing__slug", "pk", "state", "remark"
    )
    known = {}
    for key, listing_id, slug, *rest in found.iterator():
        began = Known(listing_id, slug, *rest)
        known[key or slug] = began if key else began._replace(state=BY_HAND, remark="")
    return known


def sort_out(
    rows: list[ImportRow],
    known: dict[str, Known],
    report: ImportReport,
    seen: Seen | None = None,
) -> list[ImportRow]:
    """The rows to import; the others are reported with the reason.

    ``seen`` is what the rows before these have said, when they come in pages.
    """
    seen = seen or Seen()
    wanted = []
    for row in rows:
        reason = row.part_of or row.problem or _invalid(row) or _duplicate(row, seen.rows)
        if reason:
            report.tell(row, "joined" if row.part_of else "skipped", reason)
            continue
        seen.rows[row.key] = row.number
        note_unusual(row, seen.usual)
        before = known.get(row.key)
        if before is None or before.state == RevisionState.APPROVED:
            wanted.append(row)
        elif before.state == RevisionState.RETURNED and before.remark:
            text = _(
                "Imported before and refused by the shop: %(reason)s Correct it in the portal."
            )
            report.tell(row, "failed", text % {"reason": before.remark}, before.slug)
        else:
            report.tell(row, "unchanged", _unchanged(before.state), before.slug)
    return wanted


def _unchanged(state: str) -> str:
    """Why a row that is there already is left alone."""
    if state == RevisionState.DRAFT:
        return _("Already imported, as a draft. Complete it in the portal.")
    if state == BY_HAND:
        return _("It is among your products already.")
    return _("Already imported.")


def _invalid(row: ImportRow) -> str:
    """What is wrong with a row; what it merely lacks makes it a draft."""
    try:
        check(row.content) if row.content else None
    except InvalidListing as error:
        absent = {"price": "prices"}
        lacking = {absent.get(name, name) for name in row.lacks}
        return " ".join(str(why) for name, why in error.errors.items() if name not in lacking)
    return ""


def parted(
    rows: list[ImportRow], known: dict[str, Known]
) -> tuple[list[ImportRow], list[ImportRow]]:
    """The rows that become drafts, and those for the shop, with what an earlier import began."""
    drafts = [row for row in rows if row.lacks and row.key not in known]
    return drafts, [row for row in rows if not row.lacks or row.key in known]


def _duplicate(row: ImportRow, seen: dict[str, int]) -> str:
    if row.key in seen:
        return _("The same product as in row %(row)s.") % {"row": seen[row.key]}
    return ""
