"""Handles CMI's callbacks."""

from uuid import UUID

from marketplace.payments.models import ProviderNotification
from marketplace.payments.providers.cmi.provider import APPROVED
from marketplace.payments.services.external_payments import refresh_payment


def handle(notification: ProviderNotification) -> None:
    """Settle an approved payment. A declined one waits for its buyer, who may try again."""
    if notification.kind == APPROVED:
        refresh_payment(payment_id=UUID(hex=notification.subject))
