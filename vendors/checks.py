"""Check of who administers the whole shop."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, good, warning
from vendors.shop_access import shop_grants_in_force

ENOUGH = 2


def shop_administrators() -> Iterator[Finding]:
    """Whether two persons administer the shop: one alone could confirm nobody else."""
    count = shop_grants_in_force().count()
    if count >= ENOUGH:
        yield good("shop_administrators", _("Shop administrators: %(count)d.") % {"count": count})
        return
    yield warning(
        "shop_administrators",
        _("Too few persons administer the shop: %(count)d.") % {"count": count},
        _(
            "Search, the shop's own products and the service's page need a shop administrator. "
            "Appoint two persons with “twiza shop appoint”, or propose one more."
        ),
    )
