"""Why something was cancelled or refunded, in the reader's words.

What a person wrote is shown as it is. What the shop does itself it writes down under one of these
names, which stand in old rows too.
"""

from django.utils.translation import gettext_lazy as _

TRANSFER_MISSING = "The transfer did not come"
CANCELLED = "Cancelled"
IN_THE_ENGINE = "Saleor"
UNDELIVERABLE = "Cannot be delivered"
BUYER = "Cancelled by the buyer"
RETURN_ACCEPTED = "The return was accepted"
MEDIATOR = "Decided by the programme's mediator"

_WORDS = {
    TRANSFER_MISSING: _("The bank transfer did not arrive in time."),
    CANCELLED: _("The order was cancelled."),
    IN_THE_ENGINE: _("Refunded by the team of the shop."),
    UNDELIVERABLE: _("The cooperative cannot deliver it."),
    BUYER: _("The buyer cancelled."),
    RETURN_ACCEPTED: _("Agreed with the cooperative."),
    MEDIATOR: _("Decided by the programme's mediator."),
}


def reason_in_words(reason: str) -> str:
    """A reason as a reader of the active language understands it; empty when there is none."""
    return str(_WORDS.get(reason, reason))
