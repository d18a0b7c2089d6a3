"""One attempt to save a listing, which somebody else may be saving too."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from catalog.markets import home_market
from catalog.models import ListingRevision, RevisionState
from catalog.photo_files import MOST_PHOTOS, RefusedPhoto, read_photos
from catalog.queries import workbench
from catalog.queries.workbench import Entry
from catalog.services import propose
from marketplace.core.models import AuditEntry
from marketplace.core.versions import last_entry, version_of
from marketplace.web.portal.access import MemberAccess
from marketplace.web.portal.listings.forms import ListingForm, initial_of, kept_photos


@dataclass(slots=True)
class Attempt:
    """Saves the content of the form once; ``save_unless_overtaken`` calls it."""

    request: HttpRequest
    access: MemberAccess
    listing_id: UUID | None
    entry: Entry | None = None
    revision: ListingRevision | None = None
    refused: list[RefusedPhoto] = field(default_factory=list)

    def make_form(self) -> ListingForm:
        """The form with what was sent, beside the content as it is now."""
        current = {}
        if self.listing_id is not None:
            self.entry = workbench.entry(self.access.scope, self.listing_id)
            current = initial_of(
                self.entry.revision.proposed,
                get_language() or "ar",
                home_market(self.access.cooperative.country_code),
            )
        return ListingForm(
            self.request.POST,
            self.request.FILES,
            cooperative=self.access.cooperative,
            is_new=self.entry is None or is_never_published(self.entry),
            current=current,
        )

    def save(self, form: ListingForm) -> None:
        """Propose the content; raises ChangedMeanwhile."""
        entry = self.entry
        before = entry.revision.proposed if entry else None
        keep = kept_photos(self.request.POST, before.media if before else [])
        room = max(MOST_PHOTOS - len(keep), 0)
        taken, self.refused = read_photos(form.cleaned_data["photos"], room=room)
        self.revision = propose(
            cooperative_id=self.access.cooperative.pk,
            listing=entry.listing if entry else None,
            content=form.content(before),
            quantity=form.quantity_at_first(before),
            photos=taken,
            keep=keep,
            version=version_of(entry.revision.content) if entry else None,
            by=self.access.by,
        )

    def last_change(self) -> AuditEntry | None:
        """Who saved the listing last."""
        return last_entry(self.entry.revision, "revision.saved") if self.entry else None


def is_never_published(entry: Entry) -> bool:
    """Never published so far: the initial stock can still be changed."""
    return entry.page is None and entry.revision.state in {
        RevisionState.DRAFT,
        RevisionState.SUBMITTED,
        RevisionState.RETURNED,
    }
