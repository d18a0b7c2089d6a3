"""What can go wrong with the addresses of an account, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import NotFound, TwizaError


class TooManyAddresses(TwizaError):
    """An account keeps no more."""

    code = "too_many_addresses"
    message = _("You can keep %(most)s addresses. Delete one first.")


class NoSuchAddress(NotFound):
    """Not one of the account's, or no longer."""

    code = "no_such_address"
    message = _("This address is no longer in your account.")
