"""Why a cooperative cannot say that something is not delivered."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, TwizaError


class NothingRefused(Invalid):
    """No unit was named."""

    code = "nothing_refused"
    message = _("Say of at least one product how many you cannot deliver.")


class MoreThanLeft(Invalid):
    """More units of a line than are still to be sent, or of a line of another order."""

    code = "more_than_left"
    message = _("Of these products fewer are still to be sent. Read the order again.")


class WhyNeeded(Invalid):
    """A line without a reason."""

    code = "why_needed"
    message = _("Choose why it cannot be delivered.")


class OwnWordsNeeded(Invalid):
    """Another reason than those of the list, without a word about it."""

    code = "own_words_needed"
    message = _("Write to the buyer in a few words why it cannot be delivered.")


class SubstituteWrong(Invalid):
    """What is offered instead of a line: ``errors`` says what of it is wrong.

    Of ``variant``, ``quantity`` and ``price`` one.
    """

    code = "substitute_wrong"

    def __init__(self, line_id: UUID, field: str, why: str) -> None:
        self.line_id = line_id
        super().__init__({field: why})

    def __str__(self) -> str:
        return " ".join(str(why) for why in self.errors.values())


class OrderChanged(TwizaError):
    """Another member refused or sent something of the order since the page was shown."""

    code = "order_changed"
    message = _("Someone else has changed this order meanwhile. Nothing was saved; read it again.")
