"""A programme says up to how much is paid at the door."""

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
    """Set a limit from a day on; it takes the place of the one for the same region and cooperative.

    Orders that were placed keep their way of paying. Raises LimitInThePast.
    """
    if valid_from < timezone.localdate():
        raise LimitInThePast
    # One change at a time for a programme.
    Programme.objects.select_for_update().get(pk=programme.pk)
    same = CashLimit.objects.filter(
        programme=programme,
        currency=most.currency,
        region_code=region_code,
        cooperative_slug=cooperative_slug,
    )
    same.filter(valid_from__gte=valid_from).delete()
    same.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    row = CashLimit.objects.create(
        programme=programme,
        currency=most.currency,
        region_code=region_code,
        cooperative_slug=cooperative_slug,
        most_minor=most.amount_minor,
        valid_from=valid_from,
        source=source[:200],
        set_by=User.objects.filter(pk=by.id).first() if by.kind == "user" else None,
    )
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


@transaction.atomic
def end_cash_limit(*, limit: CashLimit, by: Actor) -> CashLimit:
    """A limit does not hold any more from today on; said again, nothing changes."""
    row = CashLimit.objects.select_for_update().select_related("programme").get(pk=limit.pk)
    today = timezone.localdate()
    if row.valid_to is None or row.valid_to > today:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record("cash_limit.end", row.programme, by=by, limit=str(row.pk))
    return row
