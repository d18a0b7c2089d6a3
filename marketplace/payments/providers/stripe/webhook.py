"""Stripe's webhook: the signature is checked, the event's name stored, and nothing else done."""

import stripe
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.payments.providers.stripe.provider import Stripe
from marketplace.payments.services.record_notification import record_notification

LARGEST_BYTES = 512 * 1024
# An older signature is a replay.
TOLERANCE_SECONDS = 300


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """400 for what Stripe did not sign, 200 once it is stored (again, too)."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BYTES:
        return HttpResponse(status=413)
    event = _signed(request.body, request.headers.get("Stripe-Signature", ""))
    if event is None:
        return HttpResponse(status=400)
    subject = event.data.object
    record_notification(
        provider=Stripe.name,
        event_id=event.id,
        kind=event.type,
        subject=str(getattr(subject, "id", "") or ""),
    )
    return HttpResponse(status=200)


def _signed(body: bytes, signature: str) -> stripe.Event | None:
    """The event, if one of our secrets signed it (two while they are being changed)."""
    for secret in filter(None, settings.STRIPE_WEBHOOK_SECRET.split(",")):
        try:
            event: stripe.Event = stripe.Webhook.construct_event(
                body, signature, secret, TOLERANCE_SECONDS
            )
        except (ValueError, stripe.SignatureVerificationError):
            continue
        return event
    return None
