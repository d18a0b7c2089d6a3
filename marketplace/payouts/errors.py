"""Errors of payouts, commissions, reconciliation and bank reports."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class RunAlreadyOpen(TwizaError):
    """A run of the programme in this currency and payout method is not finished."""

    code = "run_already_open"
    message = _("Payout run %(reference)s is not complete. Complete it before preparing another.")


class NothingToPay(TwizaError):
    """No cooperative has an amount that can be paid now."""

    code = "nothing_to_pay"
    message = _("No cooperative has a payable amount at the moment.")


class NoPayoutTerms(TwizaError):
    """No payout terms are known for a currency on a day."""

    code = "no_payout_terms"
    message = _("There is no payout rule for %(currency)s on %(on)s. Nothing was prepared.")


class SamePerson(TwizaError):
    """The preparer of a payout, or who added a route, may not approve it."""

    code = "same_person"
    message = _("You prepared this payout run. Someone else must approve it.")


class TotalMismatch(TwizaError):
    """The total that was typed is not the payout's."""

    code = "total_mismatch"
    message = _("This is not the total of the payout run. Check it and enter it exactly.")


class RunChanged(TwizaError):
    """A line or an account changed since the run was prepared."""

    code = "run_changed"
    message = _(
        "A bank account has changed since the payout run was prepared. Send the run "
        "back and prepare a new one."
    )


class WrongState(TwizaError):
    """The payout, line, hold or route is in another state."""

    code = "run_wrong_state"
    message = _("This payout run is now at another step. Reload the page.")


class InvalidBankFile(TwizaError):
    """The bank file would not be valid, or its stored hash differs."""

    code = "bank_file_invalid"
    message = _("The bank file is not valid: %(reason)s")


class PayerAccountMissing(TwizaError):
    """The programme's own bank account is not set."""

    code = "payer_account_missing"
    message = _("The programme's bank account is missing. Add it before creating the bank file.")


class AlreadyHeld(TwizaError):
    """The cooperative's payouts are held already."""

    code = "already_held"
    message = _("The payouts of this cooperative are already on hold.")


class NotServedThere(TwizaError):
    """The provider is not available in the cooperative's country, or its account is missing."""

    code = "provider_not_served"
    message = _(
        "%(provider)s cannot pay a cooperative in %(country)s, or the cooperative's "
        "account is missing. Use a bank file."
    )


class RouteKnown(TwizaError):
    """The cooperative has this route already."""

    code = "route_known"
    message = _("The cooperative already has this payout method.")


class RuleNotInFuture(TwizaError):
    """A rule begins or ends tomorrow at the earliest: sales are not recalculated."""

    code = "rule_not_in_future"
    message = _("A rule can begin or end tomorrow at the earliest. Choose a later date.")


class ChangeDecided(TwizaError):
    """The proposed change was confirmed or withdrawn before, perhaps by a second click."""

    code = "commission_change_decided"
    message = _("This change has already been confirmed or withdrawn.")


class ChangeWaits(TwizaError):
    """A change of the rule for the same sales waits for its second person."""

    code = "commission_change_waits"
    message = _(
        "A change of the rule for the same sales already waits to be confirmed. Confirm or "
        "withdraw it first."
    )


class TiersWrong(TwizaError):
    """Tiers do not ascend, a rate is above 100 %, or the rule ends before it begins."""

    code = "tiers_wrong"
    message = _(
        "The tiers must ascend, each rate must be at most 100 %, and the rule must end "
        "after it begins."
    )


class PaymentUnknown(TwizaError):
    """A provider's event names a payment that is not recorded yet; it is tried again."""

    code = "payment_unknown"
    message = _("There is no record of this payment yet.")
    retry = True


class DisputeUnknown(TwizaError):
    """A dispute is decided whose opening is not recorded yet; it is tried again."""

    code = "dispute_unknown"
    message = _("There is no record of this dispute yet.")
    retry = True


class AlreadyExplained(TwizaError):
    """The difference is explained already, or gone."""

    code = "already_explained"
    message = _("This difference has already been explained, or no longer exists. Reload the page.")


class DebtChanged(TwizaError):
    """The cooperative's debt changed since it was shown."""

    code = "debt_changed"
    message = _("The balance has changed since this page was loaded. Check it again.")


class ExplanationMissing(TwizaError):
    """The explanation is empty, or the account may not explain a difference."""

    code = "explanation_missing"
    message = _("Describe what happened, and choose an account that belongs to the programme.")


class WrongBankStatement(TwizaError):
    """The statement is of another account than the programme's."""

    code = "wrong_bank_statement"
    message = _("This is the statement of another account than the programme's.")


class BankReportUnreadable(TwizaError):
    """The bank report cannot be parsed; nothing of it was applied."""

    code = "bank_report_unreadable"
    message = _("This bank file cannot be read: %(reason)s. Nothing was imported.")


class BankReportAlreadyApplied(TwizaError):
    """The same file was applied before."""

    code = "bank_report_already_applied"
    message = _("This file has already been imported. Nothing changed.")
