"""Confirm a manual refund; the engine is told."""

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.money import Money
from marketplace.payments import engine
from marketplace.payments.models import ManualRefund
from marketplace.payments.providers import Answer
from vendors.accounts import User


def confirm_manual_refund(
    *, manual_refund: ManualRefund, reference: str, by: Actor
) -> ManualRefund:
    """Note that a refund was made, with the bank's reference; repeating it changes nothing.

    Raises EngineUnavailable or EngineRefused when the engine could not be told: repeating it does.
    """
    with transaction.atomic():
        row = ManualRefund.objects.select_for_update().get(pk=manual_refund.pk)
        if row.done_at is None:
            row.done_at = timezone.now()
            row.done_by = User.objects.of_actor(by)
            row.reference = reference[:80]
            row.save(update_fields=["done_at", "done_by", "reference"])
            record("manual_refund.made", row, by=by, reference=row.reference)
    if row.reported_at is None:
        amount = Money(row.amount_minor, row.currency)
        engine.report_refund(
            row.payment, Answer("REFUND_SUCCESS", amount, actions=("REFUND",)), key=row.key
        )
        ManualRefund.objects.filter(pk=row.pk).update(reported_at=timezone.now())
    return row
