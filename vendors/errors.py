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


class NotIndependent(SamePersonTwice):
    """One of the two brought the other in, or one person alone brought in both."""

    code = "not_independent"
    message = _(
        "You and the person who began this cannot both decide: one of you brought the other in, or "
        "the same person brought in both. Ask somebody else to confirm it."
    )


class NotInOfficeBefore(SamePersonTwice):
    """Who confirms a role was not in office when it was proposed."""

    code = "not_in_office_before"
    message = _(
        "This role was proposed before you took office. Someone who was in office then must "
        "confirm it; or withdraw it and offer it again."
    )


class OwnFactor(SamePersonTwice):
    """Somebody proposed to reset their own second factor, or confirmed that."""

    code = "own_factor"
    message = _("This is your own second factor: others must reset it.")


class ResetProposedBefore(NotInOfficeBefore):
    """Who confirms a reset was not in office when it was proposed."""

    code = "reset_proposed_before"
    message = _(
        "This was proposed before you took office. Someone who was in office then must confirm it; "
        "or withdraw it and propose it again."
    )


class ResetDecided(TwizaError):
    """The reset was confirmed or withdrawn before, perhaps by a second click."""

    code = "reset_decided"
    message = _("This has already been decided; nothing was reset a second time.")


class ResetExpired(TwizaError):
    """Nobody confirmed the reset in time."""

    code = "reset_expired"
    message = _("Nobody confirmed this in time. Ask the person again, then propose it again.")


class ResetProposed(TwizaError):
    """A reset for this person waits for its second person."""

    code = "reset_proposed"
    message = _("A reset for this person is already waiting. Confirm or withdraw it first.")


class NotInOffice(TwizaError):
    """The person has no role here now: their account is no longer this programme's concern."""

    code = "not_in_office"
    message = _("This person is not in office in this programme.")


class CoordinatorsInOffice(TwizaError):
    """The operator's command has done its work: persons in office offer roles now."""

    code = "coordinators_in_office"
    message = _(
        "Coordinators are in office. They offer roles on the page “Staff”; this command is closed."
    )


class TwoAddressesNeeded(TwizaError):
    """One person, or a mistyped address, where two persons are to be appointed."""

    code = "two_addresses_needed"
    message = _("Two different, valid e-mail addresses are needed: one for each person.")


class LastInOffice(TwizaError):
    """The last person who can confirm roles would leave."""

    code = "last_in_office"
    message = _(
        "Nobody else in this programme can confirm roles. Bring a successor into office first, "
        "then end this role."
    )


class LastManager(TwizaError):
    """The only manager of a cooperative would be removed."""

    code = "last_manager"
    message = _("This is the only manager. Invite another manager first.")


class InvitationNotValid(TwizaError):
    """The link was used, withdrawn, replaced by a newer one or has expired, or never existed."""

    code = "invitation_not_valid"
    message = _(
        "This invitation is no longer valid: it was used, withdrawn, replaced or has expired. Ask "
        "whoever invited you to send it again."
    )


class InvitedSomebodyElse(TwizaError):
    """Somebody signed in with another account than the invited one."""

    code = "invited_somebody_else"
    message = _("This invitation is for %(email)s. Sign out, then open the link again.")


class SignInToAccept(TwizaError):
    """The invited address has an account already: its owner accepts when signed in."""

    code = "sign_in_to_accept"
    message = _("You have an account with this address. Sign in to accept.")


class AdviserDates(TwizaError):
    """An adviser's last day is before the first."""

    code = "adviser_dates"
    message = _("The last day is before the first day.")


class AlreadyConfirmed(TwizaError):
    """It has been confirmed before."""

    code = "already_confirmed"
    message = _("This has already been confirmed.")


class AlreadyGranted(TwizaError):
    """The person has the role, or is proposed for it."""

    code = "already_granted"
    message = _("This person already has the role, or is proposed for it.")


class TwoPersonsNeeded(TwizaError):
    """The first persons to administer the shop are at least two."""

    code = "two_persons_needed"
    message = _("Name two different persons.")


class FirstOnesAppointed(TwizaError):
    """Somebody administers the shop: from now on they confirm whoever is proposed."""

    code = "first_ones_appointed"
    message = _(
        "Somebody administers the shop already. Propose the person; somebody in office confirms it."
    )


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
