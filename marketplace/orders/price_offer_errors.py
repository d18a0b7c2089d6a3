"""What can go wrong with an offer to one buyer, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, NotFound, TwizaError
from marketplace.orders.errors import NotEnoughInStock


class NoSuchPriceOffer(NotFound):
    """No such offer, or not in this conversation."""

    code = "price_offer_not_found"


class PriceOfferOver(TwizaError):
    """It can no longer be ordered: expired, withdrawn, declined or replaced."""

    code = "price_offer_over"
    message = _(
        "This offer can no longer be ordered. Nothing was charged. Write to the cooperative if "
        "you are still interested."
    )


class PriceOfferTaken(TwizaError):
    """It is ordered, or just being paid somewhere else."""

    code = "price_offer_taken"
    message = _("This offer has been ordered already, or is being paid in another window.")


class PriceOfferBeingPaid(TwizaError):
    """The cooperative cannot replace or withdraw what the buyer is paying."""

    code = "price_offer_being_paid"
    message = _(
        "The buyer is just paying this offer. Try again in half an hour if no order arrives."
    )


class PriceOfferNotInStock(NotEnoughInStock):
    """Fewer are in stock than the offer has."""

    code = "price_offer_not_in_stock"
    message = _(
        "The cooperative does not have the whole quantity in stock at the moment: %(titles)s. "
        "Nothing was charged. Write to it, and order once it has entered the stock."
    )


class PriceOfferAboveEngineLimit(TwizaError):
    """The commerce engine sells no order that large."""

    code = "price_offer_above_engine_limit"
    message = _(
        "The shop cannot take an order of this quantity at the moment. Nothing was charged. "
        "Please contact us."
    )


class PriceOfferWrong(Invalid):
    """A field of a new offer is wrong; ``errors`` says which."""

    code = "price_offer_wrong"
