"""Why a parcel could not be sent."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class StillPacking(TwizaError):
    """Another parcel of the same order is being shipped at this moment."""

    code = "still_packing"
    message = _("Another parcel of this order is being recorded. Wait a moment and try again.")
    retry = True


class ShippingRefused(TwizaError):
    """The engine did not accept the fulfilment; ``reason`` is in the reader's words."""

    code = "shipping_refused"
    message = _("The parcel could not be recorded. %(reason)s")


class NotInStockToShip(ShippingRefused):
    """The engine's stock does not hold what is to be sent."""

    message = _(
        "The parcel could not be recorded: these products are not in stock. Correct the quantity "
        "in stock, then try again."
    )
