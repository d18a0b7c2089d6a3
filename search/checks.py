"""Checks of the index against the read model."""

import random
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.models import ListingPage
from marketplace.core.checkup import Finding, broken, good, warning
from search.backends import backend
from search.errors import SearchServerUnavailable
from search.indexing.document_builder import build_documents

# So many documents are compared: enough to notice an index of an older version, within seconds.
COMPARED = 300


def index() -> Iterator[Finding]:
    """Check that each published listing can be found, and nothing else."""
    rows = ListingPage.objects.filter(is_published=True).values_list("listing_id", flat=True)
    try:
        published, known = set(rows), backend().known_ids()
    except SearchServerUnavailable as reason:
        yield broken("index", str(reason), _("Check the server in TWIZA_ELASTICSEARCH_URL."))
        return
    missing, stale = len(published - known), len(known - published)
    if missing or stale:
        yield warning(
            "index",
            _("Search index: %(missing)d listings missing, %(stale)d out of date.")
            % {"missing": missing, "stale": stale},
            _("If this lasts more than a few minutes: twiza reindex"),
        )
    else:
        yield good(
            "index", _("Listings in the search index: %(count)d.") % {"count": len(published)}
        )
    yield from _check_contents(published & known)


def _check_contents(known: set[UUID]) -> Iterator[Finding]:
    """Whether documents are as they would be built now, for some of them."""
    some = random.sample(list(known), min(COMPARED, len(known)))
    differing = len(backend().differing(build_documents(some)))
    looked = {"looked": len(some), "differing": differing}
    if differing:
        yield warning(
            "index contents",
            _("Of %(looked)d listings checked, %(differing)d differ between search and shop.")
            % looked,
            _("After an upgrade, run twiza reindex. Otherwise the nightly comparison corrects it."),
        )
    elif some:
        told = _("The %(looked)d listings checked are identical in search and shop.") % looked
        yield good("index contents", told)
