"""Checks refunds made in the engine against the refunds that we know."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, good, warning
from marketplace.core.money import Money
from marketplace.orders.models import Order
from marketplace.payments.models import Payment
from marketplace.payments.services import unbooked


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
    told = ", ".join(
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
