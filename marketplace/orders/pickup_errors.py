"""Why an order cannot be made ready or handed over to who collects it."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, TwizaError


class PickupCodeWrong(TwizaError):
    """Another code than the buyer's; ``left`` tries remain."""

    code = "pickup_code_wrong"
    message = _("This is not the code of this order. Tries left: %(left)s.")


class PickupCodeLocked(TwizaError):
    """Too many wrong codes: no code is taken any more."""

    code = "pickup_code_locked"
    message = _(
        "Too many wrong codes were entered. Hand the order over without the code, if you are sure "
        "of who collects it; the buyer then confirms it."
    )


class ReasonNeeded(Invalid):
    """Whoever hands over without the code says why."""

    code = "reason_needed"
    message = _("Say in a few words how you know that it is the buyer.")


class IsCollected(TwizaError):
    """The buyer collects this order: it is not sent."""

    code = "is_collected"
    message = _("The buyer collects this order. Hand it over with the buyer's code.")


class CashIsNotCollected(TwizaError):
    """An order that is collected is paid in advance; one that says cash was changed at the engine.

    No carrier brings its money.
    """

    code = "cash_is_not_collected"
    message = _("This order is not paid, so it cannot be handed over. Cancel it.")
