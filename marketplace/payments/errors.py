"""Why a payment or refund is refused, with a message for the reader."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class PaymentRefused(TwizaError):
    """The provider, or a rule of ours, refused the payment; nothing was charged."""

    code = "payment_refused"
    message: ClassVar[str | Promise] = _(
        "The bank declined the card; nothing was charged. Try another card."
    )


class NotQuoted(PaymentRefused):
    """The checkout was never quoted its taxes, so its total cannot be trusted."""

    code = "not_quoted"
    message = _(
        "The total is not ready yet; nothing was charged. Go back one step and choose delivery "
        "again."
    )


class AmountTooHigh(PaymentRefused):
    """More was to be charged than the checkout's quoted total."""

    code = "amount_too_high"
    message = _("The amount does not match the basket; nothing was charged. Please start again.")


class AlreadyPaid(PaymentRefused):
    """The order has a payment already; a second one would be refunded."""

    code = "already_paid"
    message = _("This order is already paid; nothing was charged a second time.")


class ProviderUnavailable(PaymentRefused):
    """No provider of that name takes payments here."""

    code = "provider_unavailable"
    message = _("This payment method is not available. Please choose another one.")


class CashNotPossible(PaymentRefused):
    """Cash on delivery is possible only within the cooperatives' own country."""

    code = "cash_not_possible"
    message = _(
        "Cash on delivery is only available within the cooperatives' country. Please choose "
        "another payment method."
    )


class TooMuchForCash(PaymentRefused):
    """The total is above the limit of cash on delivery for this region or cooperative."""

    code = "too_much_for_cash"
    message = _("This total is too high for cash on delivery. Please use another payment method.")


class AmountNotPossible(PaymentRefused):
    """The provider cannot charge exactly this amount in this currency."""

    code = "amount_not_possible"
    message = _("This amount cannot be charged by card. Please choose another payment method.")


class ProviderSilent(PaymentRefused):
    """The provider did not answer; the outcome is not known yet."""

    code = "provider_silent"
    message = _(
        "The bank is not responding. Please check again in a minute before you pay again; you "
        "are never charged twice."
    )


class CodeRefused(PaymentRefused):
    """The second step's code was wrong."""

    code = "code_refused"
    message = _("The code is incorrect; nothing was charged. Try again or use another card.")


class TransferNotPossible(PaymentRefused):
    """There is no account for this currency."""

    code = "transfer_not_possible"
    message = _(
        "A bank transfer is not possible in this currency. Please choose another payment method."
    )


class LimitInThePast(TwizaError):
    """A limit begins today at the earliest; earlier sales keep their rules."""

    code = "limit_in_the_past"
    message = _("A limit begins today at the earliest.")


class BankStatementKnown(TwizaError):
    """The same file was imported before."""

    code = "bank_statement_known"
    message = _("This file has already been imported.")


class EntryResolved(TwizaError):
    """The entry was matched or set aside before."""

    code = "entry_resolved"
    message = _("This entry has already been processed.")


class NoSuchTransfer(TwizaError):
    """No awaited transfer of this programme has the reference."""

    code = "no_such_transfer"
    message = _("No expected transfer has this reference. It may have expired.")


class AmountDiffers(TwizaError):
    """The amount is less than is due, or in another currency."""

    code = "amount_differs"
    message = _("The amount does not cover the order: %(due)s is due.")


class RefundRefused(TwizaError):
    """The refund cannot be made as asked; no money moved."""

    code = "refund_refused"
    message: ClassVar[str | Promise] = _("This refund cannot be made.")


class NothingToRefund(RefundRefused):
    """No line, no delivery: there is nothing in the request."""

    code = "nothing_to_refund"
    message = _("Choose at least one item or the delivery to refund.")


class MoreThanBought(RefundRefused):
    """More units than were bought less those already refunded."""

    code = "more_than_bought"
    message = _("“%(title)s”: only %(left)s can still be refunded.")


class RefundedMeanwhile(RefundRefused):
    """Another refund of this order was made since the page was shown, perhaps by a second click."""

    code = "refunded_meanwhile"
    message = _(
        "Another refund of this order was made after you opened the page, so nothing more was "
        "refunded. Check below before you refund again."
    )


class SecondPersonNeeded(RefundRefused):
    """With the order's other refunds this one is above what one person refunds alone."""

    code = "second_person_needed"
    message = _("Refunds of more than %(limit)s of an order must be confirmed by another person.")


class TooMuchADay(SecondPersonNeeded):
    """With what this person refunded alone within 24 hours it is above what one person may."""

    code = "too_much_a_day"
    message = _(
        "One person refunds up to %(day)s of all orders within 24 hours alone. What is above must "
        "be confirmed by another person."
    )


class OtherMemberNeeded(RefundRefused):
    """A member of today, or one of the programme's staff, cancels above the limit of refunds."""

    code = "other_member_needed"
    message = _(
        "You joined less than a day ago or belong to the programme's staff: here you cancel up to "
        "%(limit)s of an order, and up to %(day)s within 24 hours. Another member can cancel this "
        "one, or the programme's staff."
    )


class RefundProposed(RefundRefused):
    """A refund of this order waits for its second person."""

    code = "refund_proposed"
    message = _(
        "A refund of this order is already waiting to be confirmed. Confirm or withdraw it first."
    )


class ProposalDecided(RefundRefused):
    """The proposal was confirmed or withdrawn before, perhaps by a second click."""

    code = "proposal_decided"
    message = _("This has already been decided; nothing was refunded a second time.")


class ProposalExpired(RefundRefused):
    """Nobody confirmed the proposal in time."""

    code = "proposal_expired"
    message = _("Nobody confirmed this refund in time. Nothing was refunded; propose it again.")


class DeliveryAlreadyRefunded(RefundRefused):
    """The delivery of this vendor order was refunded before."""

    code = "delivery_already_refunded"
    message = _("The delivery has already been refunded.")


class NotPaidYet(RefundRefused):
    """There is no charged payment that could be refunded."""

    code = "not_paid_yet"
    message = _(
        "The buyer has not paid yet, or the carrier has not handed over the cash: nothing can be "
        "refunded."
    )


class RemittanceInvalid(TwizaError):
    """A carrier's file has rows that cannot be booked; none of it was."""

    code = "remittance_invalid"
    message = _("Nothing was recorded. Please correct the rows listed below.")

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = problems
        super().__init__()


class RemittanceKnown(TwizaError):
    """The same file, or the same reference of the carrier, was recorded before."""

    code = "remittance_known"
    message = _("This file or reference has already been recorded.")
