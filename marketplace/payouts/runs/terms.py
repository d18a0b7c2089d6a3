"""When a cooperative is paid: the smallest payment and how long a new account rests."""

from datetime import timedelta

# A bank's fee on a transfer is of this order: less is carried over to the next payout.
SMALLEST_PAYMENT_MINOR = {
    "MAD": 5_000,
    "EUR": 500,
    "EGP": 25_000,
    "TND": 15_000,
    "JOD": 3_000,
    "XOF": 3_000,
}
# An account that took another's place rests: time for the cooperative to notice a change that it
# did not ask for. Its first account is paid as soon as a second person has confirmed it.
ACCOUNT_HOLD = timedelta(days=7)


def smallest_payment(currency: str) -> int:
    """In minor units; 1 for a currency without a rule."""
    return SMALLEST_PAYMENT_MINOR.get(currency, 1)
