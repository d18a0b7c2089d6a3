"""Check of the legal texts: what is shown to buyers and was approved by nobody."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalog.markets import MARKETS
from marketplace.core.checkup import Finding, good, warning
from marketplace.core.word_lists import listed
from marketplace.legal.queries import missing_texts


def legal_texts() -> Iterator[Finding]:
    """Whether every programme that sells has approved its texts for every market."""
    missing = missing_texts(MARKETS)
    if not missing:
        yield good("legal_texts", _("The legal texts were approved for every market."))
        return
    names = sorted({f"{programme.slug} ({market.code})" for programme, market, _kind in missing})
    yield warning(
        "legal_texts",
        _("Legal texts that nobody has approved: %(count)d, in %(places)s.")
        % {"count": len(missing), "places": listed(names)},
        _(
            "Buyers read standard texts, which no lawyer has read. Have them reviewed for each "
            "market, then publish them on the staff page “Legal texts”."
        ),
    )
