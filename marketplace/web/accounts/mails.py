"""Mails of accounts as the shop's other mails: the reader's language, its name, its address."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core.mail import titled
from marketplace.core.mail_outages import raising_unavailable
from vendors.accounts import User


class _Shop(NamedTuple):
    """What the framework's templates call the site."""

    name: str
    domain: str


class MailAdapter(DefaultAccountAdapter):
    """Whatever host the request named, links lead to the shop's public address."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of the framework's mails in the language of the account, or else of the page.

        Raises MailServerUnavailable.
        """
        with translation.override(_language_of(email, context.get("user"))):
            shop = _Shop(_("Twiza"), str(urlsplit(settings.PUBLIC_URL).netloc))
            shown = self._public(context) | {"current_site": shop}
            with raising_unavailable():
                super().send_mail(template_prefix, email, shown)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A mail that says its language, so that readers' programs can."""
        headers = {"Content-Language": translation.get_language() or "", **(headers or {})}
        mail: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        return mail

    def format_email_subject(self, subject: str) -> str:
        """The subject with the shop's name at its end."""
        return titled(subject, translation.get_language() or settings.BASE_LANGUAGE)

    def _public(self, context: dict[str, Any]) -> dict[str, Any]:
        asked = self.request.build_absolute_uri("/") if self.request else ""
        return {
            name: f"{settings.PUBLIC_URL}/{value.removeprefix(asked)}"
            if asked and isinstance(value, str) and value.startswith(asked)
            else value
            for name, value in context.items()
        }


def _language_of(email: str, user: User | None) -> str | None:
    """The account's language; the page's for an address without a proven account."""
    if user is None:
        known = EmailAddress.objects.filter(email__iexact=email, verified=True)
        found = known.select_related("user").first()
        user = found.user if found else None
    language = user.language if user and user.last_login else ""
    return language if language in dict(settings.LANGUAGES) else translation.get_language()
