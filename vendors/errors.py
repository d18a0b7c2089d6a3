"""Errors of cooperatives' data and of permissions."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, TwizaError


class NotReadyToPublish(TwizaError):
    """A cooperative needs a name in the shop's base language before buyers can see it."""

    code = "not_ready_to_publish"
    message = _("Enter the cooperative's name before publishing its page.")


class InvalidBankNumber(TwizaError):
    """The account number's length or check digits are wrong."""

    code = "invalid_bank_number"
    message = _("This account number is incomplete, or a digit is wrong. Please check it.")


class InvalidBic(TwizaError):
    """The bank's code is not a BIC, or is one of another country."""

    code = "invalid_bic"
    message = _(
        "This is not the BIC of a bank in the account's country. It has 8 or 11 characters."
    )


class BicMissing(TwizaError):
    """Transfers to this country need the bank's BIC."""

    code = "bic_missing"
    message = _("Banks in this country also require the BIC. It is on the bank's document.")


class JoinedTooRecently(TwizaError):
    """Somebody who has just joined a cooperative tried to redirect its payouts."""

    code = "joined_too_recently"
    message = _("You joined this cooperative only recently. Come back tomorrow.")


class SamePersonTwice(TwizaError):
    """One person tried both steps of an act that takes two people."""

    code = "same_person_twice"
    message = _("Another person must confirm this.")


class AlreadyConfirmed(TwizaError):
    """It has been confirmed before."""

    code = "already_confirmed"
    message = _("This has already been confirmed.")


class RegionsNeeded(TwizaError):
    """A regional adviser's role was granted without regions."""

    code = "regions_needed"
    message = _("Choose the regions of the regional adviser.")


class UnknownRegion(TwizaError):
    """The country has no region of this code."""

    code = "unknown_region"
    message = _("The country has no region with the code %(code)s.")


class AlreadyMember(TwizaError):
    """The person is already a member of this cooperative."""

    code = "already_member"
    message = _("This person is already a member.")


class UnreadableRegister(Invalid):
    """The file of cooperatives to register cannot be read."""

    code = "unreadable_register"
    message = _("This table cannot be read. Use a CSV file in UTF-8.")
