"""Check of orders against stock."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, good, warning
from marketplace.orders.models import VendorOrder
from vendors.scoping import Crossing


def stock() -> Iterator[Finding]:
    """Orders beyond the stock (Saleor can sell one item twice in a race)."""
    rows = VendorOrder.objects.crossing(Crossing.SERVICE_CHECK)
    short = rows.filter(short_at__isnull=False).count()
    if short:
        yield warning(
            "stock",
            _("Orders exceeding stock: %(count)d.") % {"count": short},
            _(
                "They are marked on the staff's Orders page: refund them, or ask when they can "
                "be sent."
            ),
        )
    else:
        yield good("stock", _("No order exceeds stock."))
