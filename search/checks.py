"""Check of the index against what it is made from."""

import random
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.models import ListingPage
from marketplace.core.checkup import Finding, broken, good, warning
from search.backends import backend
from search.errors import SearchServerUnavailable
from search.indexing.document_builder import documents

# So many listings are looked at closely: enough to see that all are old, soon enough to wait for.
LOOKED_AT = 300


def index() -> Iterator[Finding]:
    """Whether each published listing can be found, and nothing else."""
    rows = ListingPage.objects.filter(is_published=True).values_list("listing_id", flat=True)
    try:
        published, known = set(rows), backend().known_ids()
    except SearchServerUnavailable as reason:
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
    yield from _what_it_says(published & known)


def _what_it_says(known: set[UUID]) -> Iterator[Finding]:
    """Whether what is found is what the shop shows, looked up for some."""
    some = random.sample(sorted(known), min(LOOKED_AT, len(known)))
    differing = len(backend().differing(documents(some)))
    looked = {"looked": len(some), "differing": differing}
    if differing:
        yield warning(
            "index contents",
            _("Of %(looked)d listings search tells %(differing)d otherwise than the shop.")
            % looked,
            _("After an upgrade: twiza reindex. Otherwise the next night's comparison mends it."),
        )
    elif some:
        told = _("Search tells %(looked)d listings as the shop does.") % looked
        yield good("index contents", told)
