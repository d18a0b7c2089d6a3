"""Check of the time zones of programmes and markets."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.markets import MARKETS
from marketplace.core.checkup import Finding, good
from marketplace.core.database_zones import differing_days
from marketplace.core.time_zones import VERSION
from marketplace.core.word_lists import listed
from vendors.models import Programme

BEFORE, AFTER = timedelta(days=730), timedelta(days=365)


def time_zones() -> Iterator[Finding]:
    """Zones in which PostgreSQL's clock shows another hour than ours, which decides all days."""
    today = timezone.now().date()
    names = {market.time_zone for market in MARKETS}
    names |= set(Programme.objects.values_list("time_zone", flat=True))
    found = differing_days(names, today - BEFORE, today + AFTER)
    if not found:
        yield good(
            "time_zones",
            _("Days are decided by tzdata %(version)s; PostgreSQL's clocks show the same.")
            % {"version": VERSION},
        )
        return
    yield good(
        "time_zones",
        _(
            "Days are decided by tzdata %(version)s. PostgreSQL's clocks differ, which matters "
            "only to SQL of your own: %(zones)s."
        )
        % {"version": VERSION, "zones": listed((_told(*one) for one in found.items()), ";")},
    )


def _told(zone: str, days: list[date]) -> str:
    words = _("%(zone)s on %(count)d days between %(first)s and %(last)s")
    return words % {"zone": zone, "count": len(days), "first": days[0], "last": days[-1]}
