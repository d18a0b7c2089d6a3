"""What can go wrong in a conversation, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, NotFound, TwizaError


class ConversationNotFound(NotFound):
    """No such conversation, or it is not the caller's."""

    code = "conversation_not_found"


class ConversationLinkNotValid(NotFound):
    """The link to a conversation is unknown or has expired."""

    code = "conversation_link_not_valid"
    message = _("This link is no longer valid. Ask your question again on the cooperative's page.")


class ConversationClosed(TwizaError):
    """Staff have closed it; nobody can write any more."""

    code = "conversation_closed"
    message = _("This conversation was closed by the programme. Nothing more can be written here.")


class NothingWritten(Invalid):
    """A message without a text."""

    code = "nothing_written"
    message = _("Write something first.")


class MessageTooLong(Invalid):
    """A message above the limit of its length."""

    code = "message_too_long"
    message = _("A message has at most 4,000 characters.")


class AlreadyReported(TwizaError):
    """The same side has a report that waits for staff."""

    code = "already_reported"
    message = _("You have already reported this conversation. The programme will look at it.")
