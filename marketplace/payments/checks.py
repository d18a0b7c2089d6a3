"""Checks refunds: those made in the engine that we do not know, and units refunded twice."""

from collections.abc import Iterator

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, good, warning
from marketplace.core.money import Money
from marketplace.core.word_lists import listed
from marketplace.orders.models import Order, VendorOrderLine
from marketplace.payments.models import Payment, RefundLine, RefundState
from marketplace.payments.services import unbooked
from vendors.scoping import Crossing


def refunds() -> Iterator[Finding]:
    """Partial refunds made in Saleor that cannot be attributed to a cooperative."""
    found = unbooked(Payment.objects.all())
    if not found:
        yield good("refunds", _("Every refund is booked."))
        return
    numbers = dict(
        Order.objects.filter(pk__in=[payment.order_id for payment, _left in found]).values_list(
            "pk", "number"
        )
    )
    told = listed(
        f"{numbers.get(p.order_id, '?')}: {Money(left, p.currency).decimal} {p.currency}"
        for p, left in found[:10]
    )
    yield warning(
        "refunds",
        _("Payments were refunded in Saleor without a refund here: %(told)s.") % {"told": told},
        _(
            "It is not known which cooperative's products were refunded, so every cooperative is "
            "still owed the full amount. Ask who made the refund, and hold the payout until you "
            "know. Refunds made here are posted automatically."
        ),
    )


def repeated_refunds() -> Iterator[Finding]:
    """Lines of which more units were refunded than were bought.

    It happens when a refund failed, was made anew, and the first one went back after all.
    """
    lines = RefundLine.objects.crossing(Crossing.SERVICE_CHECK).exclude(
        refund__state=RefundState.FAILED
    )
    units = dict(
        lines.order_by().values_list("line_id").annotate(Sum("quantity"), Count("pk"))
        .filter(pk__count__gt=1).values_list("line_id", "quantity__sum")
    )  # fmt: skip
    bought = VendorOrderLine.objects.crossing(Crossing.SERVICE_CHECK).filter(pk__in=units)
    too_many = [
        line for line in bought.select_related("vendor_order") if units[line.pk] > line.quantity
    ]
    if not too_many:
        yield good("repeated_refunds", _("Nothing was refunded twice."))
        return
    yield warning(
        "repeated_refunds",
        _("More was refunded than was bought: %(told)s.")
        % {"told": listed(sorted({line.vendor_order.number for line in too_many})[:10])},
        _(
            "A refund that had failed went back after it was made anew. Ask the buyer to return "
            "one of the two, and book the difference until then."
        ),
    )
