"""Check of the index against what it is made from."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalog.models import ListingPage
from marketplace.core.checkup import Finding, good, warning
from search.models import SearchDocument


def index() -> Iterator[Finding]:
    """Whether each published listing can be found, and nothing else."""
    published = ListingPage.objects.filter(is_published=True).values("listing_id")
    missing = published.exclude(listing_id__in=SearchDocument.objects.values("listing_id")).count()
    stale = SearchDocument.objects.exclude(listing_id__in=published).count()
    if missing or stale:
        yield warning(
            "index",
            _("%(missing)d listings cannot be found yet, %(stale)d are found that are gone.")
            % {"missing": missing, "stale": stale},
            _("If this does not go away within minutes: twiza reindex"),
        )
    else:
        yield good("index", _("%(count)d listings can be found.") % {"count": published.count()})
