"""Attempts to buy, and what their checkouts were quoted."""

from uuid import UUID

from marketplace.orders.models import Basket, CheckoutAttempt, TaxQuote


def find_attempt(
    attempt_id: str | UUID | None, *, basket: Basket | None = None
) -> CheckoutAttempt | None:
    """The attempt of a cookie, of the basket if one is given; None for any other id."""
    try:
        key = UUID(str(attempt_id))
    except ValueError:
        return None
    rows = CheckoutAttempt.objects.filter(pk=key)
    return (rows.filter(basket=basket) if basket is not None else rows).first()


def tax_quote(checkout_id: UUID) -> TaxQuote | None:
    """The last quote with taxes of a checkout (our id, kind CHECKOUT)."""
    return TaxQuote.objects.filter(pk=checkout_id).first()
