"""What can go wrong from the basket to the delivered parcel, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Forbidden, Invalid, NotFound, TwizaError
from marketplace.core.logs import request_id
from marketplace.orders.quantity_errors import ShortLines


class NotForSale(TwizaError):
    """The variant is not sold in this market, or no longer."""

    code = "not_for_sale"
    message = _("This product is no longer sold here.")


class NotEnoughLeft(TwizaError):
    """Fewer are available than wanted; ``available`` says how many."""

    code = "not_enough_left"
    message = _("Only %(available)s left. Change the quantity.")


class BasketFull(TwizaError):
    """The basket has reached its limit of lines, or of units of one product."""

    code = "basket_full"
    message = _(
        "A basket holds at most 40 products and 20 of each. Contact the cooperative to order more."
    )


class AwaitsTransfer(TwizaError):
    """The buyer pays by bank transfer, which has not arrived: nothing may be sent yet."""

    code = "awaits_transfer"
    message = _("The buyer's bank transfer has not arrived yet. Do not send anything until it has.")


class EmptyBasket(TwizaError):
    """There is nothing to buy."""

    code = "empty_basket"
    message = _("Your basket is empty.")


class NotEnoughInStock(ShortLines):
    """Sold out meanwhile: ``short`` names the lines, and of each how many are there."""

    code = "insufficient_stock"
    message = _(
        "Not enough left in stock: %(titles)s. Nothing was charged. Change the quantity or "
        "remove it from the basket."
    )


class SoldWhilePaying(NotEnoughInStock):
    """Sold out after this buyer paid: the payment is refunded."""

    message = _(
        "Not enough left in stock: %(titles)s. You had already paid: you will be refunded in "
        "full automatically."
    )


class CannotBeSentThere(TwizaError):
    """No carrier of ours takes one of the parcels to the address."""

    code = "cannot_be_sent_there"
    message = _(
        "These products cannot be delivered to this address: %(titles)s. Remove them from the "
        "basket or choose another address."
    )


class DeliveryNotPriced(TwizaError):
    """Carriers go there, but the engine did not get our prices; asked again next time."""

    code = "delivery_not_priced"
    message = _(
        "The delivery cost could not be calculated; nothing was charged. Please try again in a "
        "minute."
    )
    retry = True


class AddressRefused(Invalid):
    """The engine did not accept the address; ``errors`` maps a field to a message."""

    code = "address_refused"
    message = _("Please check the address.")


class CheckoutRefused(TwizaError):
    """The engine refused a step of the checkout for a reason without a message of its own."""

    code = "checkout_refused"
    message = _(
        "The order could not be placed. Nothing was charged. Please try again; if it happens "
        "again, give us this number: %(number)s"
    )
    retry = True

    def __init__(self) -> None:
        super().__init__(number=request_id.get())


class CheckoutExpired(TwizaError):
    """The reservation expired, or the attempt was given up: begin again from the basket."""

    code = "checkout_expired"
    message = _("The reservation of your items has expired. Please start again from the basket.")


class PlacedLater(CheckoutRefused):
    """Paid, but the order could not be made yet: jobs try again, or refund."""

    code = "placed_later"
    message = _(
        "Your payment has arrived, but the order could not be placed yet. Do not pay again: we "
        "keep trying for half an hour and will e-mail you. If it fails, you will be refunded in "
        "full."
    )


class ExpiredWhilePaying(CheckoutExpired):
    """The reservation expired after this buyer paid: the payment is refunded."""

    message = _(
        "The reservation of your items has expired. You had already paid: you will be refunded "
        "in full automatically."
    )


class CashNotPossible(TwizaError):
    """Cash on delivery is possible only within one country."""

    code = "cash_not_possible"
    message = _(
        "Cash on delivery is only available within the cooperative's country. Please pay otherwise."
    )


class CashNotConfirmed(TwizaError):
    """Cash on delivery waits for the code that is sent to the buyer."""

    code = "cash_not_confirmed"
    message = _("Confirm your order with the code that we send you.")


class EmailNeeded(TwizaError):
    """A buyer who gave a phone number alone can pay on delivery only."""

    code = "email_needed"
    message = _("Without an e-mail address you can only pay in cash on delivery.")


class CodeNotRight(TwizaError):
    """Another code than the one sent last, or one that is no longer valid."""

    code = "code_not_right"
    message = _("This code is not right or no longer valid. Take the last one, or ask anew.")


class NotPaid(TwizaError):
    """The order cannot be placed before it is paid or authorised."""

    code = "not_paid"
    message = _("The payment is not complete yet.")


class OrderNotFound(NotFound):
    """No such order, or it is not the caller's."""

    code = "order_not_found"


class LinkNotValid(NotFound):
    """The tracking link is unknown, has expired or was withdrawn."""

    code = "link_not_valid"
    message = _("This link is no longer valid. Contact us with your order number.")


class WrongState(TwizaError):
    """The order is no longer in a state in which this may be done."""

    code = "wrong_state"
    message = _("The order has changed in the meantime. Open it again to see what can be done.")


class NothingToShip(Invalid):
    """A parcel needs at least one unit, and no more than are left."""

    code = "nothing_to_ship"
    message = _("Put at least one item in the parcel, and no more than remain to be sent.")


class OwnWordIsNotEvidence(Forbidden):
    """A cooperative's own statement is no evidence of delivery."""

    code = "own_word_is_not_evidence"
    message = _(
        "A delivery is recorded by the buyer, the carrier or the programme, not by the cooperative."
    )


class NotShippedYet(TwizaError):
    """A parcel that has not left cannot have arrived."""

    code = "not_shipped_yet"
    message = _("This parcel has not been sent yet.")


class TooManyReturned(Invalid):
    """No more can be returned than was shipped."""

    code = "too_many_returned"
    message = _("You cannot return more items than were sent.")


class CarrierFileRefused(Invalid):
    """The carrier's file cannot be read, is too large, or was read before."""

    code = "carrier_file_refused"
    message = _(
        "This file cannot be read. It needs the columns tracking_number, status, delivered_at."
    )


class CarrierFileUnreadable(CarrierFileRefused):
    """The carrier's file is no table; ``line`` is where."""

    message = _("This file cannot be read. Line %(line)s: %(why)s")


class CarrierFileReadBefore(CarrierFileRefused):
    """The very same file was uploaded before."""

    code = "carrier_file_read_before"
    message = _("This file has already been read; nothing was changed.")
