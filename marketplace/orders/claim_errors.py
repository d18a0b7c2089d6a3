"""What can go wrong when an account claims orders, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class OrderIsClaimed(TwizaError):
    """Another account has proven the order's phone before."""

    code = "order_is_claimed"
    message = _("This order is in another account already. Sign in there, or contact us.")
