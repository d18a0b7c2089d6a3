"""What cooperatives were paid in a span of time, by currency."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Sum

from marketplace.payouts.models import LineState, PayoutLine
from vendors.scoping import Scope


@dataclass(frozen=True)
class PaidAmounts:
    """Minor units by currency: paid and not returned since, and returned by the bank."""

    paid: dict[str, int] = field(default_factory=dict)
    returned: dict[str, int] = field(default_factory=dict)


def paid_amounts(scope: Scope, *, since: datetime, until: datetime) -> PaidAmounts:
    """What the bank paid from ``since`` to before ``until``, and what it returned in that time.

    A payment that came back counts as paid in no span.
    """
    return PaidAmounts(
        _by_currency(scope, state=LineState.SETTLED, settled_at__gte=since, settled_at__lt=until),
        _by_currency(
            scope, state=LineState.RETURNED, returned_at__gte=since, returned_at__lt=until
        ),
    )


def _by_currency(scope: Scope, **wanted: object) -> dict[str, int]:
    rows = PayoutLine.objects.within(scope).filter(**wanted).order_by()
    sums = rows.values_list("run__currency").annotate(total=Sum("amount_minor"))
    return dict(sums.order_by("run__currency"))
