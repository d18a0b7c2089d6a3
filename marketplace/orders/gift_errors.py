"""What can go wrong with a gift or a note, with a message for the buyer."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid
from marketplace.orders.errors import CashNotPossible


class PricesHidden(CashNotPossible):
    """Whoever is given a parcel without prices must not be asked to pay for it."""

    message = _("A parcel without prices cannot be paid on delivery. Please pay otherwise.")


class TextRefused(Invalid):
    """A gift message or a note that is too long, or carries an address."""

    code = "text_refused"
    message = _(
        "Write at most %(longest)s characters in %(lines)s lines, without web or e-mail addresses, "
        "and with a space after each full stop."
    )
