"""What we send to Stripe for a payment."""

from typing import Any

from marketplace.core.money import Money
from marketplace.payments.models import ExternalPayment, Payment
from marketplace.payments.providers.return_addresses import ours
from marketplace.payments.providers.stripe.amounts import to_stripe

# Sessions expire this long after the payment was begun.
SESSION_SECONDS = 2 * 3600


def amount_of(payment: Payment) -> Money:
    """The payment's amount."""
    return Money(payment.amount_minor, payment.currency)


def amount_payload(payment: Payment) -> dict[str, Any]:
    """The amount in Stripe's unit of the currency."""
    return {"amount": to_stripe(amount_of(payment)), "currency": payment.currency.lower()}


def our_references(payment: Payment) -> dict[str, Any]:
    """References to our payment and order in Stripe's books."""
    return {
        "transfer_group": _transfer_group(payment.order_id),
        "metadata": {"payment": str(payment.pk), "order": str(payment.order_id)},
    }


def _transfer_group(order_id: object) -> str:
    """The group of an order's charge, and of the transfers that come of it."""
    return f"order-{order_id}"


def session_payload(payment: Payment, data: dict[str, Any]) -> dict[str, Any]:
    """A Checkout session on Stripe's own page, which returns to ours."""
    money = amount_payload(payment)
    name = str(data.get("title") or "Twiza")[:120]
    back = ours(data.get("return_url"))
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "client_reference_id": str(payment.pk),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": money["currency"],
                    "unit_amount": money["amount"],
                    "product_data": {"name": name},
                },
            }
        ],
        "payment_intent_data": our_references(payment),
        "metadata": {"payment": str(payment.pk)},
        "success_url": back,
        "cancel_url": back,
        "locale": data["language"] if data.get("language") in {"fr", "en"} else "auto",
        "expires_at": int(payment.created_at.timestamp()) + SESSION_SECONDS,
    }


def idempotency_key(external: ExternalPayment, what: str) -> Any:
    """The option by which a repeated call makes one object only; another for each try."""
    return {"idempotency_key": f"twiza-{external.payment_id.hex}-{what}-{external.tries}"}
