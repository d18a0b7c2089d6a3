"""Mails of an appointment: the link with which an appointed person proves the address."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from vendors.accounts import User
from vendors.models import Programme
from vendors.services import Appointed


def link_of(user: User) -> str:
    """Where the person chooses a password, which proves the address. It works once, for days."""
    key = default_token_generator.make_token(user)
    where = {"uidb36": user_pk_to_url_str(user), "key": key}
    return f"{settings.PUBLIC_URL}{reverse('account_reset_password_from_key', kwargs=where)}"


def send_appointment(programme: Programme, appointed: Appointed) -> None:
    """Tell a person of the appointment, with the link if the address is not proven yet."""
    user = appointed.user
    with speaking(user.language, programme.home):
        facts = {"programme": programme.name_in(user.language)}
        if appointed.is_in_office:
            body = _("The operator has appointed you coordinator of %(programme)s.") % facts
            link = f"{settings.PUBLIC_URL}/staff/{programme.slug}/"
        else:
            body = (
                _(
                    "The operator has appointed you coordinator of %(programme)s. Open this link "
                    "to choose a password; it works once. Afterwards you set up two-step "
                    "verification with your phone."
                )
                % facts
            )
            link = link_of(user)
        send_mail(
            subject=_("Coordinator of %(programme)s") % facts,
            text=f"{body}\n\n{link}",
            to=user.email,
            language=user.language,
        )
