"""What can go wrong with money, each with its own name."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class RunAlreadyOpen(TwizaError):
    """A prepared payout of this currency waits for approval."""

    code = "run_already_open"
    message = _("Payout run %(reference)s is not complete. Complete it before preparing another.")


class NothingToPay(TwizaError):
    """No cooperative has an amount that can be paid now."""

    code = "nothing_to_pay"
    message = _("No cooperative has a payable amount at the moment.")


class NoPayoutTerms(TwizaError):
    """No smallest payment and no rest of a new account are known for a currency on a day."""

    code = "no_payout_terms"
    message = _("There is no payout rule for %(currency)s on %(on)s. Nothing was prepared.")


class SamePerson(TwizaError):
    """Whoever prepared a payout may not approve it."""

    code = "same_person"
    message = _("You prepared this payout run. Someone else must approve it.")


class TotalMismatch(TwizaError):
    """The total that was typed is not the payout's."""

    code = "total_mismatch"
    message = _("This is not the total of the payout run. Check it and enter it exactly.")


class RunChanged(TwizaError):
    """A line or a bank account is not what was prepared."""

    code = "run_changed"
    message = _(
        "A bank account has changed since the payout run was prepared. Send the run "
        "back and prepare a new one."
    )


class WrongState(TwizaError):
    """The payout or its line is at another step."""

    code = "run_wrong_state"
    message = _("This payout run is now at another step. Reload the page.")


class InvalidBankFile(TwizaError):
    """The bank file would not be accepted by a bank; nothing was kept."""

    code = "bank_file_invalid"
    message = _("The bank file is not valid: %(reason)s")


class PayerAccountMissing(TwizaError):
    """The programme has not said from which account it pays."""

    code = "payer_account_missing"
    message = _("The programme's bank account is missing. Add it before creating the bank file.")


class AlreadyHeld(TwizaError):
    """The cooperative's payouts are held already."""

    code = "already_held"
    message = _("The payouts of this cooperative are already on hold.")


class NotServedThere(TwizaError):
    """The provider does not pay into the cooperative's country, or has no account of it."""

    code = "provider_not_served"
    message = _(
        "%(provider)s cannot pay a cooperative in %(country)s, or the cooperative's "
        "account is missing. Use a bank file."
    )


class RouteKnown(TwizaError):
    """The cooperative is paid that way already."""

    code = "route_known"
    message = _("The cooperative already has this payout method.")


class RuleNotInFuture(TwizaError):
    """A rule begins or ends tomorrow at the earliest: what was sold is not reckoned anew."""

    code = "rule_not_in_future"
    message = _("A rule can begin or end tomorrow at the earliest. Choose a later date.")


class TiersWrong(TwizaError):
    """Tiers do not ascend, a rate is above the whole, or the rule ends before it begins."""

    code = "tiers_wrong"
    message = _(
        "The tiers must ascend, each rate must be at most 100 %, and the rule must end "
        "after it begins."
    )


class PaymentUnknown(TwizaError):
    """A provider tells of a payment of which nothing was heard yet; it is tried again."""

    code = "payment_unknown"
    message = _("There is no record of this payment yet.")
    retry = True


class DisputeUnknown(TwizaError):
    """A dispute ends of whose beginning nothing was heard yet; it is tried again."""

    code = "dispute_unknown"
    message = _("There is no record of this dispute yet.")
    retry = True


class AlreadyExplained(TwizaError):
    """A difference is explained once; one that is gone needs no explanation."""

    code = "already_explained"
    message = _("This difference has already been explained, or no longer exists. Reload the page.")


class DebtChanged(TwizaError):
    """A cooperative's balance is not what the person saw who wanted to end its debt."""

    code = "debt_changed"
    message = _("The balance has changed since this page was loaded. Check it again.")


class ExplanationMissing(TwizaError):
    """A difference is booked with a reason, and never on a cooperative's account."""

    code = "explanation_missing"
    message = _("Describe what happened, and choose an account that belongs to the programme.")


class WrongBankStatement(TwizaError):
    """The file cannot be read, or is of another account than the programme's."""

    code = "wrong_bank_statement"
    message = _("This is not a statement of the programme's account, or it cannot be read.")


class BankReportUnreadable(TwizaError):
    """The bank's file cannot be read whole; nothing of it was taken."""

    code = "answer_unreadable"
    message = _("This bank file cannot be read: %(reason)s. Nothing was imported.")


class BankReportAlreadyApplied(TwizaError):
    """The same file was taken before."""

    code = "answer_taken"
    message = _("This file has already been imported. Nothing changed.")
