"""Note what came of a call to a buyer who pays on delivery."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.orders.errors import OrderNotFound, WrongState
from marketplace.orders.models import CallOutcome, PhoneCall
from marketplace.orders.queries.calls import orders_to_call
from vendors.accounts import User
from vendors.policy import actor_for
from vendors.scoping import Scope

# The same button pressed twice is one call.
PRESSED_TWICE = timedelta(minutes=1)


def note_call(*, scope: Scope, vendor_order_id: UUID, outcome: str, by: User) -> PhoneCall:
    """Write a call down. The order itself stays as it is: who refuses is cancelled by hand.

    Raises OrderNotFound outside the scope or for an order that nobody need call about, and
    WrongState for an unknown outcome.
    """
    if outcome not in CallOutcome.values:
        raise WrongState
    now = timezone.now()
    with transaction.atomic():
        rows = orders_to_call(scope).select_for_update(of=("self",))
        vendor_order = rows.filter(pk=vendor_order_id).first()
        if vendor_order is None:
            raise OrderNotFound
        calls = PhoneCall.objects.within(scope).filter(vendor_order=vendor_order)
        last: PhoneCall | None = calls.filter(made_at__gt=now - PRESSED_TWICE).first()
        if last is not None and last.outcome == outcome:
            return last
        call = PhoneCall.objects.create(
            vendor_order=vendor_order, outcome=outcome, made_at=now, made_by=by
        )
        actor = actor_for(by, vendor_order.cooperative)
        audit.record("order.called", vendor_order, by=actor, outcome=outcome)
    return call
