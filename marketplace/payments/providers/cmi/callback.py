"""Where CMI's server calls back, and where its page sends the buyer.

The answer to the callback decides whether the card is debited: ``ACTION=POSTAUTH`` debits it, only
for a pending payment of exactly this amount; ``APPROVED`` acknowledges and debits nothing;
``FAILURE`` is for what CMI did not sign.
"""

import logging
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.core.money import Money
from marketplace.payments.models import ExternalPayment, Payment, PaymentState, ProviderNotification
from marketplace.payments.providers.cmi.hashing import is_signed
from marketplace.payments.providers.cmi.provider import (
    APPROVED,
    CURRENCY_NUMBER,
    DECLINED,
    Cmi,
)
from marketplace.payments.services.record_notification import record_notification
from marketplace.payments.services.take_payment import is_surplus, lock_order

logger = logging.getLogger(__name__)

DEBIT, NOTED, FORGED = "ACTION=POSTAUTH", "APPROVED", "FAILURE"
ACCEPTED = "00"
MOST_FIELDS, LONGEST = 120, 2000


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """CMI's server reports the outcome of a payment; answered at once, from local data."""
    fields = {name: str(value) for name, value in request.POST.items()}
    if len(fields) > MOST_FIELDS or any(len(value) > LONGEST for value in fields.values()):
        return _says(FORGED)
    if not is_signed(fields, settings.CMI_STORE_KEY):
        logger.warning("A callback in CMI's name was not signed by it")
        return _says(FORGED)
    payment = _payment(fields)
    if payment is None or fields.get("clientid") != settings.CMI_CLIENT_ID:
        return _says(NOTED)
    if fields.get("ProcReturnCode") != ACCEPTED:
        _record(payment, fields, DECLINED)
        return _says(NOTED)
    return _says(DEBIT if _accept(payment, fields) else NOTED)


@csrf_exempt
def send_back(request: HttpRequest, oid: str) -> HttpResponse:
    """The buyer comes from CMI's page by its form, and is redirected to our own page.

    Nothing of the form counts; our page shows what the callback said.
    """
    del request
    external = ExternalPayment.objects.filter(reference=oid, payment__provider=Cmi.name).first()
    if external is None or not external.return_url:
        raise Http404
    answer = HttpResponseRedirect(external.return_url)
    answer.status_code = 303
    return answer


def _accept(payment: Payment, fields: dict[str, str]) -> bool:
    """Whether to debit: decided under the order's lock, and stored before it is said."""
    with transaction.atomic():
        lock_order(payment.order_id)
        payment.refresh_from_db()
        known = ProviderNotification.objects.filter(
            provider=Cmi.name, subject=payment.pk.hex, kind=APPROVED
        ).first()
        if known is not None:
            # Called again: the same answer for the same transaction, never a second debit.
            return bool(known.event_id == _event_id(fields, APPROVED))
        wanted = payment.state == PaymentState.PENDING and not is_surplus(payment)
        if not wanted or not _is_exact(payment, fields):
            logger.warning("CMI's payment %s is not debited: not waited for so", payment.pk)
            return False
        _record(payment, fields, APPROVED)
    return True


def _is_exact(payment: Payment, fields: dict[str, str]) -> bool:
    try:
        amount = Decimal(fields.get("amount", "").replace(",", "."))
    except InvalidOperation:
        return False
    same = amount == Money(payment.amount_minor, payment.currency).decimal
    return same and fields.get("currency", CURRENCY_NUMBER) == CURRENCY_NUMBER


def _record(payment: Payment, fields: dict[str, str], kind: str) -> None:
    record_notification(
        provider=Cmi.name,
        event_id=_event_id(fields, kind),
        kind=kind,
        subject=payment.pk.hex,
        facts={"code": fields.get("ProcReturnCode", "")[:10]},
    )


def _event_id(fields: dict[str, str], kind: str) -> str:
    return f"{fields.get('oid')}:{fields.get('TransId', '')[:60]}:{kind}"


def _payment(fields: dict[str, str]) -> Payment | None:
    try:
        key = UUID(hex=fields.get("oid", ""))
    except ValueError:
        return None
    return Payment.objects.filter(pk=key, provider=Cmi.name).first()


def _says(text: str) -> HttpResponse:
    status = 400 if text == FORGED else 200
    return HttpResponse(text, content_type="text/plain", status=status)
