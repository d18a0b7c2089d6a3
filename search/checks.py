"""Check of the index against what it is made from."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalog.models import ListingPage
from marketplace.core.checkup import Finding, broken, good, warning
from search.backends import backend
from search.errors import SearchServerAway


def index() -> Iterator[Finding]:
    """Whether each published listing can be found, and nothing else."""
    rows = ListingPage.objects.filter(is_published=True).values_list("listing_id", flat=True)
    try:
        published, known = set(rows), backend().known_ids()
    except SearchServerAway as reason:
        yield broken("index", str(reason), _("Look at the server of TWIZA_ELASTICSEARCH_URL."))
        return
    missing, stale = len(published - known), len(known - published)
    if missing or stale:
        yield warning(
            "index",
            _("%(missing)d listings cannot be found yet, %(stale)d are found that are gone.")
            % {"missing": missing, "stale": stale},
            _("If this does not go away within minutes: twiza reindex"),
        )
    else:
        yield good("index", _("%(count)d listings can be found.") % {"count": len(published)})
