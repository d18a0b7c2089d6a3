"""``twiza reset-factor EMAIL``: for somebody whose phone and recovery codes are lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core.actors import Actor
from marketplace.core.mail import send_mail
from marketplace.core.mail_outages import MailServerUnavailable
from vendors.accounts import User
from vendors.services import reset_factor

BY = Actor.system("twiza reset-factor")


class Command(BaseCommand):
    """Removes the second factor of one account, tells its owner, and writes it down."""

    help = (
        "Remove the second factor of an account and end its sessions. Make sure first, by voice "
        "over a number known from before, that its owner asks for it. The owner is mailed, and a "
        "new factor rests a day before it confirms anything about money."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **_options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email!r}.")
        reset_factor(user=user, by=BY)
        try:
            _tell(user)
        except (OSError, MailServerUnavailable) as error:
            why = error.__cause__ or error
            raise CommandError(
                f"Removed, but the mail to {user.email} could not be sent ({why}). Tell them."
            ) from error
        self.stdout.write(f"Removed. {user.email} sets up a new one at the next sign-in.")


def _tell(user: User) -> None:
    with translation.override(user.language):
        send_mail(
            subject=_("Your two-step verification was reset"),
            text=_(
                "The operator has removed the second factor of your account, and all your "
                "sessions have ended. Sign in with your password and set up your new phone. Until "
                "it is a day old it confirms nothing about money.\n\nDid you not ask for this? "
                "Then call your programme today."
            ),
            to=user.email,
            language=user.language,
        )
