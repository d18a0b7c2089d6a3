"""Errors of admissions."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, TwizaError


class ChecklistIncomplete(TwizaError):
    """Something is missing before it can be submitted or approved."""

    code = "checklist_incomplete"
    message = _("Not everything is filled in yet: see the list.")


class NotYourTurn(TwizaError):
    """It was submitted or decided meanwhile: the other side acts now."""

    code = "not_your_turn"
    message = _("This was submitted or decided meanwhile. Nothing was changed.")


class NotAdmitted(TwizaError):
    """A cooperative that came in by an invitation is published once it is approved."""

    code = "not_admitted"
    message = _("The cooperative is not approved yet: decide on its admission first.")


class AlreadyRegistered(TwizaError):
    """A cooperative of this name is in the programme's region already."""

    code = "already_registered"
    message = _("A cooperative of this name is already registered in this region.")


class NoReach(TwizaError):
    """Neither an e-mail address nor a phone number of the person to invite."""

    code = "no_reach"
    message = _("Enter an e-mail address or a phone number.")


class NoTextMessages(TwizaError):
    """This shop sends no text messages, and the person has no e-mail address."""

    code = "no_text_messages"
    message = _("This shop cannot send text messages: enter an e-mail address.")


class BadFacts(Invalid):
    """Facts of a cooperative that cannot be kept; ``errors`` by the field's name."""

    code = "bad_facts"
    message = _("Please check what you entered.")


class PhoneLinkNotValid(TwizaError):
    """The link in a text message has expired or was replaced."""

    code = "phone_link_not_valid"
    message = _("This link no longer works. Ask the programme to send you a new one.")


class ApplicationLinkNotValid(TwizaError):
    """The link of an application has expired, or was used up."""

    code = "application_link_not_valid"
    message = _("This link no longer works. If you have an account, sign in; or apply again.")


class DocumentRefused(TwizaError):
    """The upload is neither a plain PDF nor a photograph."""

    code = "document_refused"
    message = _("Use a PDF file as a scanner writes it, or a photo (JPEG, PNG, HEIC).")


class DocumentTooLarge(TwizaError):
    """The upload is larger than a document may be."""

    code = "document_too_large"
    message = _("The file is too large: at most 10 MB.")


class ExpiryMissing(TwizaError):
    """The document has a last day of validity, which was not entered."""

    code = "expiry_missing"
    message = _("Enter until when the document is valid.")


class ExpiredDocument(TwizaError):
    """The document is not valid any more."""

    code = "expired_document"
    message = _("This document has expired. Hand in one that is valid.")
