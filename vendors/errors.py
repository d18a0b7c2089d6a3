"""What can be wrong with a cooperative's facts, and who may not do what about them."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, TwizaError


class NotReadyToPublish(TwizaError):
    """A cooperative needs a name in the shop's base language before buyers can see it."""

    code = "not_ready_to_publish"
    message = _("Enter the cooperative's name before publishing its page.")


class InvalidBankNumber(TwizaError):
    """The account number is mistyped: its length or its control digits do not fit."""

    code = "invalid_bank_number"
    message = _("This account number is incomplete, or a digit is wrong. Please check it.")


class InvalidBic(TwizaError):
    """The bank's code is not a BIC, or is one of another country."""

    code = "invalid_bic"
    message = _(
        "This is not the BIC of a bank in the account's country. It has 8 or 11 characters."
    )


class BicMissing(TwizaError):
    """Transfers to this country name the bank by its BIC."""

    code = "bic_missing"
    message = _("Banks in this country also require the BIC. It is on the bank's document.")


class JoinedTooRecently(TwizaError):
    """Somebody who joined a cooperative just now would move its money elsewhere."""

    code = "joined_too_recently"
    message = _("You joined this cooperative only recently. Come back tomorrow.")


class SamePersonTwice(TwizaError):
    """An act that takes two people was tried by one."""

    code = "same_person_twice"
    message = _("Another person must confirm this.")


class AlreadyConfirmed(TwizaError):
    """The confirmation was given before."""

    code = "already_confirmed"
    message = _("This has already been confirmed.")


class RegionsNeeded(TwizaError):
    """A regional adviser is given a role without saying for which regions."""

    code = "regions_needed"
    message = _("Choose the regions of the regional adviser.")


class UnknownRegion(TwizaError):
    """A region's code that the country does not have."""

    code = "unknown_region"
    message = _("The country has no region with the code %(code)s.")


class AlreadyMember(TwizaError):
    """The person acts for this cooperative already."""

    code = "already_member"
    message = _("This person is already a member.")


class UnreadableRegister(Invalid):
    """A table of cooperatives that cannot be read whole."""

    code = "unreadable_register"
    message = _("This table cannot be read. Use a CSV file in UTF-8.")
