"""Whether a payment whose answer we lost went through all the same."""

from marketplace.orders.models import CheckoutAttempt
from marketplace.saleor import ids
from marketplace.saleor.client import CheckoutAuthorizeStatusEnum
from marketplace.saleor.gateway import app_client


def is_covered(attempt: CheckoutAttempt) -> bool:
    """Ask the engine, as the App: the buyer may not read payments. Raises EngineUnavailable."""
    gid = attempt.checkout_id and ids.find_global_id(ids.CHECKOUT, attempt.checkout_id)
    checkout = app_client().checkout_by_id(gid).checkout if gid else None
    return checkout is not None and (checkout.authorize_status == CheckoutAuthorizeStatusEnum.FULL)
