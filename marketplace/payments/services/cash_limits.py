"""A programme's limits of cash on delivery."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.payments.errors import LimitInThePast
from marketplace.payments.models import CashLimit
from vendors.accounts import User
from vendors.models import Programme


# long: the columns of a limit, and its audit entry
@transaction.atomic
def set_cash_limit(
    *,
    programme: Programme,
    most: Money,
    valid_from: date,
    source: str,
    by: Actor,
    region_code: str = "",
    cooperative_slug: str = "",
) -> CashLimit:
    """Set a limit from a day on; it replaces the one for the same region and cooperative.

    Orders that were placed keep their payment method. Raises LimitInThePast.
    """
    if valid_from < timezone.localdate():
        raise LimitInThePast
    # One change at a time for a programme.
    Programme.objects.select_for_update().get(pk=programme.pk)
    row = CashLimit(
        programme=programme,
        currency=most.currency,
        region_code=region_code,
        cooperative_slug=cooperative_slug,
        most_minor=most.amount_minor,
        valid_from=valid_from,
        source=source[:200],
        set_by=User.objects.of_actor(by),
    )
    _end_replaced(row)
    row.save()
    audit.record(
        "cash_limit.set",
        programme,
        by=by,
        most_minor=row.most_minor,
        currency=row.currency,
        region=region_code,
        cooperative=cooperative_slug,
        valid_from=str(valid_from),
    )
    return row


def _end_replaced(row: CashLimit) -> None:
    """End the limits for the same region and cooperative on the day from which the row is valid."""
    same = CashLimit.objects.filter(
        programme=row.programme,
        currency=row.currency,
        region_code=row.region_code,
        cooperative_slug=row.cooperative_slug,
    )
    same.filter(valid_from__gte=row.valid_from).delete()
    earlier = same.filter(Q(valid_to=None) | Q(valid_to__gt=row.valid_from))
    earlier.update(valid_to=row.valid_from)


@transaction.atomic
def end_cash_limit(*, limit: CashLimit, by: Actor) -> CashLimit:
    """End a limit today; repeating it changes nothing."""
    row = CashLimit.objects.select_for_update().select_related("programme").get(pk=limit.pk)
    today = timezone.localdate()
    if row.valid_to is None or row.valid_to > today:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record("cash_limit.end", row.programme, by=by, limit=str(row.pk))
    return row
