"""Takes in what CMI called back about."""

from uuid import UUID

from marketplace.payments.models import ProviderNotice
from marketplace.payments.providers.cmi.provider import APPROVED
from marketplace.payments.services.remote_payments import look_at_payment


def take_in(notice: ProviderNotice) -> None:
    """Settle an approved payment. A declined one waits for its buyer, who may try again."""
    if notice.kind == APPROVED:
        look_at_payment(payment_id=UUID(hex=notice.subject))
