"""What can go wrong when a buyer asks for their data, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError
from marketplace.orders.errors import LinkNotValid


class DataLinkNotValid(LinkNotValid):
    """The link to somebody's data is unknown or has expired."""

    code = "data_link_not_valid"
    message = _("This link is no longer valid. Ask for a new one.")


class CannotBeErasedYet(TwizaError):
    """Something is under way that needs the data."""

    code = "cannot_be_erased_yet"
    message = _("Your data cannot be erased yet: something is still under way.")
